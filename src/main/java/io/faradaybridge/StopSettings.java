package io.faradaybridge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param delay how long a process that is to stop goes on before, see {@link StopDelay}
 * @param seconds how long calls of Jira that have begun may take to end at a stop; the process ends 25 s later by force
 */
@Validated
@ConfigurationProperties("bridge.stop")
record StopSettings(
        @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 60)
        Duration delay,

        @Min(1) @Max(600) int seconds) {}
