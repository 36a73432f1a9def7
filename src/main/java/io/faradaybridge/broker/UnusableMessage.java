package io.faradaybridge.broker;

/** A message that no retry will make usable; the text says why, and what its sender can do, in a person's words. */
public final class UnusableMessage extends RuntimeException {

    public UnusableMessage(String cause) {
        super(cause);
    }
}
