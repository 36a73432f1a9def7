package io.faradaybridge.workflow;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping to begin with, by the categories that Jira gives its statuses: what is to do or in work is open, what is
 * done is closed. A status without a category stays unmapped.
 *
 * @param incoming Faraday's stored values by Jira's names
 * @param outgoing Jira's names by Faraday's stored values
 */
public record SuggestedMapping(Map<String, String> incoming, Map<String, String> outgoing) {

    private static final String TO_DO = "new";
    private static final String IN_WORK = "indeterminate";
    private static final String DONE = "done";

    /** @param types the names of the configured issue types; without any, the statuses of all types count */
    public static SuggestedMapping of(List<TypeStatuses> workflow, Collection<String> types) {
        Map<String, String> categories = new LinkedHashMap<>();
        workflow.stream()
                .filter(type -> types.isEmpty() || types.stream().anyMatch(type.issueType()::isNamed))
                .forEach(type -> type.statuses()
                        .forEach(status ->
                                add(categories, status, type.categories().getOrDefault(status.key(), ""))));
        Map<String, String> incoming = new LinkedHashMap<>();
        categories.forEach((name, category) -> {
            switch (category) {
                case TO_DO, IN_WORK -> incoming.put(name, FaradayStatus.OPEN.stored());
                case DONE -> incoming.put(name, FaradayStatus.CLOSED.stored());
                default -> {}
            }
        });
        Map<String, String> outgoing = new LinkedHashMap<>();
        for (FaradayStatus status : FaradayStatus.values()) {
            first(categories, status.done() ? DONE : TO_DO).ifPresent(name -> outgoing.put(status.stored(), name));
        }
        return new SuggestedMapping(incoming, outgoing);
    }

    /** Names are the same in any case, and the first one counts. */
    private static void add(Map<String, String> categories, JiraStatus status, String category) {
        if (categories.keySet().stream().noneMatch(status.name()::equalsIgnoreCase)) {
            categories.put(status.name(), category.toLowerCase(Locale.ROOT));
        }
    }

    private static Optional<String> first(Map<String, String> categories, String category) {
        return categories.entrySet().stream()
                .filter(entry -> entry.getValue().equals(category))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
