package io.faradaybridge.broker;

/**
 * The body of a message of a type that the bridge does not read, for example a serialised object.
 *
 * @param raw its bytes as they came, never deserialised
 * @param cause why it is not read and what to send instead
 */
@SuppressWarnings("ArrayRecordComponent") // carried to the dead letters, never compared
public record RefusedBody(byte[] raw, String cause) {}
