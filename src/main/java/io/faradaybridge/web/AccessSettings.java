package io.faradaybridge.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of failures for a minute in each replica, the deadline of bodies, and the trusted proxies.
 *
 * @param failuresPerName failed sign-ins for one user name
 * @param failuresPerAddress failed sign-ins from one client address, for all names together
 * @param failuresInAll failed sign-ins, for all names and addresses together
 * @param wrongTokensPerAddress webhooks from one client address with a wrong token or an unusable body
 * @param wrongTokensInAll such webhooks from all addresses together
 * @param looksPerToken webhooks of one token that make the bridge ask Jira, or are unusable
 * @param bodyDeadline how long a request's body may take to arrive
 * @param trustedProxies addresses and networks of proxies whose {@code X-Forwarded-*} headers are read, such as {@code
 *     10.1.2.3} or {@code 10.1.0.0/16}
 */
@Validated
@ConfigurationProperties("bridge.access")
public record AccessSettings(
        @Min(1) @Max(1_000_000) int failuresPerName,
        @Min(1) @Max(1_000_000) int failuresPerAddress,
        @Min(1) @Max(1_000_000) int failuresInAll,
        @Min(1) @Max(1_000_000) int wrongTokensPerAddress,
        @Min(1) @Max(1_000_000) int wrongTokensInAll,
        @Min(1) @Max(1_000_000) int looksPerToken,
        @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration bodyDeadline,
        @NotNull List<String> trustedProxies) {}
