package io.faradaybridge.workflow;

import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.jira.JiraStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * L14: the way to a status that no single transition leads to. It is the configured one, or else the shortest along
 * known transitions; it has at most {@link WorkflowSettings#MOST_HOPS} hops and no status twice. A way is never guessed:
 * of two that are equally short none is taken.
 */
public sealed interface WorkflowWay {

    /** @param statuses those that the issue enters, in their order; the last one is the target */
    record Found(List<JiraStatus> statuses) implements WorkflowWay {}

    /** @param reason a clause, for the sentence that names the target and what Jira offers */
    record None(String reason) implements WorkflowWay {}

    /**
     * @param first the statuses that the transitions of the present status lead to
     * @param known the statuses that other statuses lead to, by their keys
     * @param left the keys of the statuses that the way has left, without the present one
     */
    static WorkflowWay find(
            JiraStatus from,
            JiraStatus target,
            WorkflowSettings settings,
            List<JiraStatus> first,
            Map<String, List<JiraStatus>> known,
            List<String> left) {
        int hops = WorkflowSettings.MOST_HOPS - left.size();
        Set<String> closed = new HashSet<>(left);
        closed.add(from.key());
        return settings.wayTo(target)
                .map(via -> configured(from, target, via, first, closed, hops))
                .orElseGet(() -> shortest(target, first, known, closed, hops));
    }

    private static WorkflowWay configured(
            JiraStatus from,
            JiraStatus target,
            List<JiraStatus> via,
            List<JiraStatus> first,
            Set<String> closed,
            int hops) {
        List<JiraStatus> whole = Stream.concat(via.stream(), Stream.of(target)).toList();
        int present = indexOf(whole, from);
        List<JiraStatus> rest = whole.subList(present + 1, whole.size());
        // an issue that is beside the way enters it at the first status that Jira offers
        int next = present >= 0
                ? (rest.isEmpty() || indexOf(first, rest.get(0)) < 0 ? -1 : 0)
                : rest.stream()
                        .filter(status -> indexOf(first, status) >= 0)
                        .findFirst()
                        .map(rest::indexOf)
                        .orElse(-1);
        String named = "the configured way is " + names(whole);
        if (next < 0) {
            return new None(named + ", and Jira offers no transition to its next status");
        }
        List<JiraStatus> way = rest.subList(next, rest.size());
        if (way.size() > hops || way.stream().anyMatch(status -> closed.contains(status.key()))) {
            return new None(named + ", which has more than " + WorkflowSettings.MOST_HOPS
                    + " transitions or enters a status twice");
        }
        return new Found(way);
    }

    private static WorkflowWay shortest(
            JiraStatus target,
            List<JiraStatus> first,
            Map<String, List<JiraStatus>> known,
            Set<String> closed,
            int hops) {
        List<List<JiraStatus>> ways = first.stream().map(List::of).toList();
        Set<String> entered = new HashSet<>(closed);
        for (int hop = 1; hop <= hops && !ways.isEmpty(); hop++) {
            List<List<JiraStatus>> open = ways.stream()
                    .filter(way -> !entered.contains(last(way).key()))
                    .toList();
            List<List<JiraStatus>> there =
                    open.stream().filter(way -> last(way).sameAs(target)).toList();
            if (there.size() == 1) {
                return new Found(there.get(0));
            }
            if (there.size() > 1) {
                return new None("several ways of " + hop + " transitions lead there: "
                        + there.stream().map(WorkflowWay::names).collect(Collectors.joining(", or ")));
            }
            open.forEach(way -> entered.add(last(way).key()));
            ways = open.stream().flatMap(way -> onward(way, known)).toList();
        }
        return new None("no way of at most " + WorkflowSettings.MOST_HOPS
                + " transitions is known from what Jira has shown of this project and issue type");
    }

    private static Stream<List<JiraStatus>> onward(List<JiraStatus> way, Map<String, List<JiraStatus>> known) {
        return known.getOrDefault(last(way).key(), List.of()).stream().map(status -> {
            List<JiraStatus> longer = new ArrayList<>(way);
            longer.add(status);
            return longer;
        });
    }

    private static JiraStatus last(List<JiraStatus> way) {
        return way.get(way.size() - 1);
    }

    private static int indexOf(List<JiraStatus> statuses, JiraStatus wanted) {
        return statuses.stream().map(wanted::sameAs).toList().indexOf(true);
    }

    private static String names(List<JiraStatus> way) {
        return way.stream().map(status -> "'" + status.name() + "'").collect(Collectors.joining(", "));
    }
}
