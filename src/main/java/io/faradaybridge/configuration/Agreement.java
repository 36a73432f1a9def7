package io.faradaybridge.configuration;

/** Whether the two statuses of a link mean the same by a mapping. */
public enum Agreement {
    /** One status is mapped to the other. */
    IN_STEP,
    /** Both statuses are mapped, but to other statuses than the other side shows. */
    DIFFERS,
    /** One of the statuses has no mapping. */
    NOT_MAPPED
}
