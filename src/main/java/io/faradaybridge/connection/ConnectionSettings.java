package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraCredentials;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Credentials from the environment, for those who keep them outside the database: they count before any that are stored.
 *
 * @param privateKeyFile PKCS#8 PEM of the OAuth consumer
 * @param accessToken the OAuth access token that belongs to it
 * @param personalAccessToken Bearer, Data Center
 * @param apiTokenEmail with {@code apiToken}: Basic, Cloud
 * @param watchInterval how often the authorisation is looked after: its renewal, and whether Jira lets us in again
 */
@Validated
@ConfigurationProperties("bridge.connection")
record ConnectionSettings(
        @NotNull String privateKeyFile,
        @NotNull String accessToken,
        @NotNull String personalAccessToken,
        @NotNull String apiTokenEmail,
        @NotNull String apiToken,

        @NotNull @DurationMin(millis = 100) Duration watchInterval) {

    /** What gives the credentials, by its setting; empty: none, the stored ones count. */
    String source() {
        if (!personalAccessToken.isBlank()) {
            return "bridge.connection.personal-access-token";
        }
        if (!apiToken.isBlank() && !apiTokenEmail.isBlank()) {
            return "bridge.connection.api-token";
        }
        return accessToken.isBlank() ? "" : "bridge.connection.access-token";
    }

    /** Bearer or Basic, where the environment gives one: the secret itself goes to the site. */
    Optional<JiraCredentials> token() {
        if (!personalAccessToken.isBlank()) {
            return Optional.of(new JiraCredentials.PersonalAccessToken(personalAccessToken));
        }
        return apiToken.isBlank() || apiTokenEmail.isBlank()
                ? Optional.empty()
                : Optional.of(new JiraCredentials.ApiToken(apiTokenEmail, apiToken));
    }

    @Override
    public String toString() {
        return "ConnectionSettings[privateKeyFile=" + privateKeyFile + ", ***]";
    }
}
