package io.faradaybridge.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Shows how issues would get from each status of their workflow to the mapped ones. Jira shows a transition only on an
 * issue that has it, so this is known of the statuses in which the bridge has looked at one before; it asks for
 * transitions there in projects with {@code "via"}.
 */
@Component
public class MappingWays {

    private final KnownTransitions known;

    MappingWays(KnownTransitions known) {
        this.known = known;
    }

    public enum Reach {
        /** By one transition. */
        direct,
        /** By several. */
        by_way,
        /** Jira has shown the transitions, and none of them may be used. */
        unreachable,
        /** Jira has not yet shown the transitions that this depends on. */
        unknown
    }

    /** @param warnings those of a saved mapping */
    public record Preview(String project, List<Way> ways, List<String> warnings) {}

    /**
     * @param outgoing Faraday's statuses that are mapped to the target
     * @param by the statuses that the issue enters, the last of which is the target; empty if it does not get there
     * @param message why, as a sentence
     */
    public record Way(
            String issueType,
            String from,
            String to,
            List<String> outgoing,
            Reach reach,
            List<String> by,
            String message) {}

    /** @param types the names of the configured issue types */
    public List<Way> of(
            String projectKey, Collection<String> types, List<TypeStatuses> workflow, JsonNode attributeMapping) {
        WorkflowSettings settings = WorkflowSettings.read(attributeMapping, unreadable -> {});
        Map<FaradayStatus, JiraStatus> outgoing =
                StatusMapping.read(attributeMapping, unreadable -> {}).outgoing();
        List<Way> ways = new ArrayList<>();
        for (TypeStatuses type : workflow) {
            for (String name : types) {
                if (type.issueType().isNamed(name)) {
                    Map<String, List<JiraStatus>> leads = known.of(projectKey, name);
                    targets(type.statuses(), outgoing).forEach((target, faradays) -> type.statuses().stream()
                            .filter(from -> !from.sameAs(target))
                            .map(from -> way(name, from, target, faradays, type.statuses(), settings, leads))
                            .forEach(ways::add));
                }
            }
        }
        return ways;
    }

    private static Map<JiraStatus, List<String>> targets(
            List<JiraStatus> statuses, Map<FaradayStatus, JiraStatus> outgoing) {
        Map<JiraStatus, List<String>> targets = new LinkedHashMap<>();
        outgoing.forEach((faraday, jira) -> statuses.stream()
                .filter(jira::sameAs)
                .findFirst()
                .ifPresent(status -> targets.computeIfAbsent(status, first -> new ArrayList<>())
                        .add(faraday.stored())));
        return targets;
    }

    private static Way way(
            String type,
            JiraStatus from,
            JiraStatus target,
            List<String> outgoing,
            List<JiraStatus> statuses,
            WorkflowSettings settings,
            Map<String, List<JiraStatus>> leads) {
        List<JiraStatus> first = leads.getOrDefault(from.key(), List.of());
        String ends = " from '" + from.name() + "' to '" + target.name() + "'";
        Reach reach = Reach.unreachable;
        List<String> by = List.of();
        String message;
        if (first.stream().anyMatch(target::sameAs)) {
            reach = Reach.direct;
            by = List.of(target.name());
            message = "a transition leads" + ends;
        } else if (!leads.containsKey(from.key())) {
            reach = Reach.unknown;
            message = "Jira has not yet shown the transitions from '" + from.name()
                    + "'; the bridge learns them when it looks at an issue that is in this status";
        } else if (!settings.severalSteps()) {
            message = "no transition leads" + ends + "; several do so only if \"via\" is set";
        } else {
            WorkflowWay way = WorkflowWay.find(from, target, settings, first, leads, List.of());
            if (way instanceof WorkflowWay.Found found) {
                reach = Reach.by_way;
                by = found.statuses().stream().map(JiraStatus::name).toList();
                message = by.size() + " transitions lead" + ends;
            } else {
                boolean allShown = settings.wayTo(target).isPresent()
                        || statuses.stream().map(JiraStatus::key).allMatch(leads::containsKey);
                reach = allShown ? Reach.unreachable : Reach.unknown;
                message = "no transition leads" + ends + ": " + ((WorkflowWay.None) way).reason();
            }
        }
        return new Way(type, from.name(), target.name(), outgoing, reach, by, message);
    }
}
