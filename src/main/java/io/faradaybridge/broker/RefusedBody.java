package io.faradaybridge.broker;

/**
 * The body of a message of a kind that the bridge does not read, a serialised object above all.
 *
 * @param raw its bytes as they came, never deserialised
 * @param cause why it is not read, for people
 */
@SuppressWarnings("ArrayRecordComponent") // carried to the dead letters, never compared
public record RefusedBody(byte[] raw, String cause) {}
