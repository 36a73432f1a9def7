package io.faradaybridge.chaos;

import java.util.Set;

/**
 * One request as it goes over the wire.
 *
 * @param kind for the report of a surprise
 * @param bytes head and body, whatever they claim
 * @param answers the statuses that are an answer to this; {@link RawHttp#CUT} where the connection may just end
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record HostileWebhook(String kind, byte[] bytes, Set<Integer> answers) {}
