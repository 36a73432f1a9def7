package io.faradaybridge.configuration;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param observe whether the bridge keeps its hands off Faraday and Jira */
@Validated
@ConfigurationProperties("bridge")
record ObserveSettings(@NotNull Mode observe) {

    enum Mode {
        /** Where another integration enabled or authorised the configuration, until an administrator takes over. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
