package io.faradaybridge.configuration;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param observe whether the bridge only observes */
@Validated
@ConfigurationProperties("bridge")
record ObserveSettings(@NotNull Mode observe) {

    enum Mode {
        /**
         * Observes if another integration has enabled or authorised the configuration, until an administrator takes
         * over.
         */
        AUTO,
        ALWAYS,
        NEVER
    }
}
