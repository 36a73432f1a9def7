package io.faradaybridge.broker;

/** A message that no retry can make usable. The text says why and what its sender can do. */
public final class UnusableMessage extends RuntimeException {

    public UnusableMessage(String cause) {
        super(cause);
    }
}
