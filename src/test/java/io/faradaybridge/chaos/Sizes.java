package io.faradaybridge.chaos;

/** How much a run does: small with {@code -Pfaults}, as large as promised with {@code -Pfaults,chaos}. */
final class Sizes {

    static final long SEED = Long.getLong("chaos.seed", 20261123L);
    static final int EXPORTS = Integer.getInteger("chaos.exports", 40);
    /** Each changes half of the links in Faraday and the other half in Jira. */
    static final int ROUNDS = Integer.getInteger("chaos.rounds", 3);

    static final int KILLS = Integer.getInteger("chaos.kills", 4);
    static final int JIRA_DOWN_SECONDS = Integer.getInteger("chaos.jira-down-seconds", 10);
    static final int SEARCH_LAG_SECONDS = Integer.getInteger("chaos.search-lag-seconds", 2);
    static final int DRIFTED = Integer.getInteger("chaos.drifted", 100);
    /** Webhooks and messages that mean harm. */
    static final int HOSTILE = Integer.getInteger("chaos.hostile", 4000);

    private Sizes() {}
}
