package io.faradaybridge.link;

/**
 * A request to look at a link; it says nothing about its status. The hint itself is counted on the row, so this message
 * may be lost.
 */
public record LinkHint(long linkId, String correlationId) {}
