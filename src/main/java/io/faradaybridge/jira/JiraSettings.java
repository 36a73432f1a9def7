package io.faradaybridge.jira;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the calls to Jira; their defaults stand in {@code application.yaml}.
 *
 * @param readTimeout deadline of a whole call that reads or makes a transition, from the wait for a connection to the
 *     last byte of the answer; the leases of links count on at most 30 s
 * @param createTimeout the same for a creation; leases and the look-up of unknown outcomes count on at most 60 s
 * @param attendedTimeout the same for a read that a person waits for
 * @param maxConnections connections to Jira at once
 * @param allowedNetworks private networks, such as {@code 10.0.0.0/8}, that Jira may be in
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

        @DefaultValue List<String> allowedNetworks) {}
