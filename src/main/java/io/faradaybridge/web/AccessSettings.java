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
 * How often somebody may be wrong before they have to wait, each a minute and in each replica; and whom the bridge believes
 * and waits for.
 *
 * @param failuresPerName sign-ins that failed for one user name
 * @param failuresPerAddress sign-ins that failed from one client address, whatever the names
 * @param failuresInAll sign-ins that failed, whatever the names and addresses
 * @param wrongTokensPerAddress webhooks from one client address whose token lets nobody in, or whose body says nothing
 * @param wrongTokensInAll the same from all addresses
 * @param looksPerToken webhooks of one token that make the bridge ask Jira, or say nothing
 * @param bodyDeadline how long a request's body may take to arrive
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-*} count, such as {@code 10.1.2.3} or
 *     {@code 10.1.0.0/16}
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
