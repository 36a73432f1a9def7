package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.secrets.SecretUnreadable;
import java.util.Arrays;
import java.util.Locale;

/** The ways to prove oneself to Jira. */
enum CredentialsType {
    NONE,
    OAUTH1,
    PERSONAL_ACCESS_TOKEN,
    API_TOKEN;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CredentialsType of(String code) {
        return Arrays.stream(values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new SecretUnreadable(
                        "The stored credentials are of a kind that this version does not know; give them anew"));
    }
}
