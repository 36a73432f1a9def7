package io.faradaybridge.configuration;

import java.util.Optional;

/** Which side wins if both have moved to statuses that do not mean the same. */
public enum ConflictPolicy {
    JIRA_WINS("jira-wins"),
    FARADAY_WINS("faraday-wins");

    private final String stored;

    ConflictPolicy(String stored) {
        this.stored = stored;
    }

    /** The value of {@code attribute_mapping.policy}. */
    public String stored() {
        return stored;
    }

    /** In any case, with a hyphen or an underscore. */
    public static Optional<ConflictPolicy> parse(String text) {
        for (ConflictPolicy policy : values()) {
            if (policy.stored.equalsIgnoreCase(text.strip().replace('_', '-'))) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return stored;
    }
}
