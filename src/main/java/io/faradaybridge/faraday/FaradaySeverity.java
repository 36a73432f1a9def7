package io.faradaybridge.faraday;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Faraday's severities by the names that it stores. For two of them its API has a short name. */
public final class FaradaySeverity {

    /** In Faraday's order. */
    public static final List<String> ALL =
            List.of("unclassified", "informational", "low", "medium", "high", "critical");

    public static final List<String> WORST_FIRST =
            List.of("critical", "high", "medium", "low", "informational", "unclassified");

    private static final Map<String, String> SHORT = Map.of("medium", "med", "informational", "info");

    private FaradaySeverity() {}

    /** The stored name, of a stored or a short one in any case; empty if there is no such severity. */
    public static Optional<String> parse(String name) {
        String given = name.strip().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(stored -> stored.equals(given) || shown(stored).equals(given))
                .findFirst();
    }

    /** As Faraday's API shows it. */
    public static String shown(String stored) {
        return SHORT.getOrDefault(stored, stored);
    }
}
