package io.faradaybridge.activity;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param keep how long it is kept who changed the set-up */
@Validated
@ConfigurationProperties("bridge.audit")
public record SetupAuditSettings(@DurationMin(days = 1) Duration keep) {}
