package io.faradaybridge.configuration;

/** What a mapping says of the two statuses of a link. */
public enum Agreement {
    /** One of them is what the other means. */
    IN_STEP,
    /** Both mean something to the other side, which shows something else. */
    DIFFERS,
    /** One of them means nothing to the other side. */
    NOT_MAPPED
}
