package io.faradaybridge.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How often somebody may be wrong before they have to wait, each a minute and in each replica.
 *
 * @param failuresPerName sign-ins that failed for one user name
 * @param failuresPerAddress sign-ins that failed from one client address, whatever the names
 * @param wrongTokensPerAddress webhooks from one client address whose token lets nobody in
 */
@Validated
@ConfigurationProperties("bridge.access")
public record AccessSettings(
        @Min(1) @Max(1_000_000) int failuresPerName,
        @Min(1) @Max(1_000_000) int failuresPerAddress,
        @Min(1) @Max(1_000_000) int wrongTokensPerAddress) {}
