package io.faradaybridge.configuration;

import java.util.Optional;

/** What follows for a new issue if its vulnerability was not open when it was exported. */
public enum OnExport {
    /** The issue stays in its workflow's first status until a side moves. */
    STAY("stay"),
    /** The issue is driven to the status that the vulnerability's status is mapped to. */
    FOLLOW("follow");

    private final String stored;

    OnExport(String stored) {
        this.stored = stored;
    }

    /** The value of {@code attribute_mapping.on_export}. */
    public String stored() {
        return stored;
    }

    public static Optional<OnExport> parse(String text) {
        for (OnExport choice : values()) {
            if (choice.stored.equalsIgnoreCase(text.strip())) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return stored;
    }
}
