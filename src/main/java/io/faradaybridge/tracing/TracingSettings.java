package io.faradaybridge.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Whether and where spans are sent. The defaults are in application.yaml.
 *
 * @param endpoint of a collector that takes OTLP over HTTP, with its path
 * @param credentials the header that the collector asks for, with its name; empty: none. {@link SpanSender} checks it, since a
 *     failed check of the settings would print it
 * @param sample the share of the traces that is sent, from 0 to 1
 */
@Validated
@ConfigurationProperties("bridge.tracing")
record TracingSettings(
        boolean enabled,

        @NotNull
        @Pattern(
                regexp = "https?://[^/?#@\\s]+(/[^?#@\\s]*)?",
                message = "must be an address that takes OTLP over HTTP, such as http://localhost:4318/v1/traces")
        String endpoint,

        @NotNull String credentials,

        @DecimalMin("0") @DecimalMax("1") double sample) {}
