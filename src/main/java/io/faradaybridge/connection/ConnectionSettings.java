package io.faradaybridge.connection;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Credentials from the environment, for those who keep them outside the database. Empty: the stored ones count.
 *
 * @param privateKeyFile PKCS#8 PEM of the OAuth consumer
 * @param accessToken the OAuth access token that belongs to it
 * @param personalAccessToken Bearer, Data Center
 * @param apiTokenEmail with {@code apiToken}: Basic, Cloud
 */
@Validated
@ConfigurationProperties("bridge.connection")
record ConnectionSettings(
        @NotNull String privateKeyFile,
        @NotNull String accessToken,
        @NotNull String personalAccessToken,
        @NotNull String apiTokenEmail,
        @NotNull String apiToken) {

    @Override
    public String toString() {
        return "ConnectionSettings[privateKeyFile=" + privateKeyFile + ", ***]";
    }
}
