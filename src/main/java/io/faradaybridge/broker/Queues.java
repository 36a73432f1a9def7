package io.faradaybridge.broker;

import java.util.List;

/** The queues by name: two that programs send to, and the one for messages that nobody could use. */
public final class Queues {

    public static final String VULN_STATUS = "vuln-status";
    public static final String VULN_EXPORT = "vuln-export";
    public static final String DEAD_LETTER = "dead-letter";

    /** The queues that other programs may send to. */
    static final List<String> OPEN = List.of(VULN_STATUS, VULN_EXPORT);

    public static final List<String> ALL = List.of(VULN_STATUS, VULN_EXPORT, DEAD_LETTER);

    private Queues() {}
}
