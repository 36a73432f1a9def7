package io.faradaybridge.configuration;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * When a user must agree before the bridge catches up.
 *
 * @param after a project that was out of touch with Jira for longer has had a long pause
 * @param atLeast so many changes after a pause need a user's yes; fewer are made at once
 */
@Validated
@ConfigurationProperties("bridge.catch-up")
public record CatchUpSettings(
        @DurationMin(minutes = 1) Duration after, @Min(1) long atLeast) {}
