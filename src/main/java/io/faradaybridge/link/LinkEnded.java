package io.faradaybridge.link;

/**
 * Published inside the transaction that ends a link, so that other packages can end what belongs to it.
 *
 * @param reason a sentence for the activity
 */
public record LinkEnded(int vulnerabilityId, String issueKey, String reason) {}
