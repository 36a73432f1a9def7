package io.faradaybridge.configuration;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** Whether the operator has set credentials for Jira, and so decided that this bridge works here. */
@Validated
@ConfigurationProperties("bridge.connection")
record OperatorCredentials(
        @NotNull String privateKeyFile,
        @NotNull String accessToken,
        @NotNull String personalAccessToken,
        @NotNull String apiTokenEmail,
        @NotNull String apiToken) {

    boolean given() {
        return !personalAccessToken.isBlank()
                || (!privateKeyFile.isBlank() && !accessToken.isBlank())
                || (!apiTokenEmail.isBlank() && !apiToken.isBlank());
    }

    @Override
    public String toString() {
        return "OperatorCredentials[given=" + given() + "]";
    }
}
