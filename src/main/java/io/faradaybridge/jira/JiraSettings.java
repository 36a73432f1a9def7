package io.faradaybridge.jira;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the calls to Jira; the defaults are in {@code application.yaml}.
 *
 * @param readTimeout the deadline of a read or a transition, from the wait for a connection to the last byte of the
 *     answer; the leases of links allow at most 30 s
 * @param createTimeout the deadline of a creation; leases and the look-up of unknown outcomes allow at most 60 s
 * @param attendedTimeout the deadline of a read that a user waits for
 * @param maxConnections connections to Jira at once
 * @param allowedNetworks private networks, such as {@code 10.0.0.0/8}, that Jira may be in
 * @param proxyUrl the proxy for calls of Jira, such as {@code http://proxy.example.org:3128}; empty if there is none
 * @param caFile certificates in PEM that are trusted in addition to Java's own; empty if there are none
 */
@Validated
@ConfigurationProperties("bridge.jira")
public record JiraSettings(
        @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration readTimeout,

        @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration createTimeout,

        @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration attendedTimeout,

        @Min(1) @Max(200) int maxConnections,

        @DefaultValue List<String> allowedNetworks,

        @NotNull
        @Pattern(
                regexp = "(http://[^/@\\s]+/?)?",
                message = "must be http://host:port, without user and password, or empty")
        String proxyUrl,

        @NotNull String proxyUsername,
        @NotNull String proxyPassword,
        @NotNull String caFile) {

    /** Without the proxy's password. */
    @Override
    public String toString() {
        return "JiraSettings[allowedNetworks=" + allowedNetworks + ", proxyUrl=" + proxyUrl + ", caFile=" + caFile
                + "]";
    }
}
