package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.secrets.SecretUnreadable;
import java.util.Arrays;
import java.util.Locale;

/** The types of credentials for Jira. */
enum CredentialsType {
    NONE,
    OAUTH1,
    PERSONAL_ACCESS_TOKEN,
    API_TOKEN,
    SCOPED_TOKEN,
    CLIENT_CREDENTIALS;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CredentialsType of(String code) {
        return Arrays.stream(values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new SecretUnreadable(
                        "This version does not know the type of the stored credentials; store them again"));
    }
}
