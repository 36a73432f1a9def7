package io.faradaybridge.broker;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Whether and where the rows of the activity leave as messages. The defaults are in application.yaml.
 *
 * @param topic the name of the topic
 * @param source the CloudEvents attribute {@code source}, a URI reference
 * @param username the account with which programs subscribe to the topic of the embedded broker; it may be the one that
 *     sends, {@code bridge.broker.username}
 * @param password its password; if absent or blank, one is generated at the first start and kept beside the broker
 */
@Validated
@ConfigurationProperties("bridge.events")
public record EventSettings(
        boolean enabled,

        @NotNull
        @Pattern(
                regexp = "(?!(vuln-status|vuln-export|dead-letter)$)[A-Za-z0-9][A-Za-z0-9._-]{0,199}",
                message =
                        "must be the name of a topic, of letters, digits, '.', '_' and '-', and not one of the queues")
        String topic,

        @NotBlank String source,
        @NotBlank String username,
        @Nullable String password) {

    public EventSettings {
        password = password == null || password.isBlank() ? null : password;
    }

    @Override
    public String toString() {
        return (enabled ? "events on topic " : "no events on topic ") + topic;
    }
}
