package io.faradaybridge.activity;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param keep how long events, and dead letters that were replayed or discarded, are kept */
@Validated
@ConfigurationProperties("bridge.activity")
public record ActivitySettings(
        @NotNull @DurationMin(days = 1) Duration keep) {}
