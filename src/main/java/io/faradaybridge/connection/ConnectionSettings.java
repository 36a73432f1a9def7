package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraCredentials;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Credentials from the environment, for operators who do not store them in the database. They are used instead of
 * stored ones.
 *
 * @param privateKeyFile PKCS#8 PEM of the OAuth consumer
 * @param accessToken the OAuth access token that belongs to it
 * @param personalAccessToken Bearer, Data Center
 * @param apiTokenEmail with {@code apiToken}: Basic, Cloud
 * @param watchInterval how often the authorisation is renewed if it is due, and checked
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

    /** The setting that gives the credentials; empty if there is none, so that the stored ones are used. */
    String source() {
        if (!personalAccessToken.isBlank()) {
            return "bridge.connection.personal-access-token";
        }
        if (!apiToken.isBlank() && !apiTokenEmail.isBlank()) {
            return "bridge.connection.api-token";
        }
        return accessToken.isBlank() ? "" : "bridge.connection.access-token";
    }

    /** The Bearer or Basic credentials of the environment, if it has any. Their secret itself is sent to the site. */
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
