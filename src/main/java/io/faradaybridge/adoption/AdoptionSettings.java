package io.faradaybridge.adoption;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param interval how often the bridge searches Faraday for keys that are not adopted yet */
@Validated
@ConfigurationProperties("bridge.adoption")
record AdoptionSettings(@NotNull @DurationMin(seconds = 1) Duration interval) {}
