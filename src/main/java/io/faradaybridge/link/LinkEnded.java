package io.faradaybridge.link;

/**
 * Published inside the transaction that ends a link, for whoever keeps something of it.
 *
 * @param reason for people
 */
public record LinkEnded(int vulnerabilityId, String issueKey, String reason) {}
