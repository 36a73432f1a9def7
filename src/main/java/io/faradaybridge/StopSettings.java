package io.faradaybridge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param seconds how long calls of Jira that have begun may take to end at a stop; the process ends 25 s later by force */
@Validated
@ConfigurationProperties("bridge.stop")
record StopSettings(@Min(1) @Max(600) int seconds) {}
