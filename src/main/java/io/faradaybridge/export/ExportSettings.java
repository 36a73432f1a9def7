package io.faradaybridge.export;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of exports; used in {@code routes/export.yaml} and validated here.
 *
 * @param parallel how many creating calls are made at the same time, each of up to 50 issues of one project and type
 */
@Validated
@ConfigurationProperties("bridge.export")
record ExportSettings(@Min(1) @Max(16) int parallel) {}
