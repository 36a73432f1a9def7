package io.faradaybridge.link;

/** "Look at this link": never the truth about it. The hint itself is on the row; losing this one loses nothing. */
public record LinkHint(long linkId, String correlationId) {}
