package io.faradaybridge.template;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param renderingTime of the processor, for a text in Jinja2; a FreeMarker file has five times as much by the clock */
@Validated
@ConfigurationProperties("bridge.templates")
public record TemplateSettings(
        @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration renderingTime) {}
