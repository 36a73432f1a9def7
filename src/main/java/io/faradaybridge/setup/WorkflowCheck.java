package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what a request says about a project's workflow beyond a single transition, and writes it into its mapping. */
final class WorkflowCheck {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OFF = "off";

    private final String project;
    private final List<JiraStatus> statuses;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    private WorkflowCheck(String project, List<TypeStatuses> workflow) {
        this.project = project;
        this.statuses = workflow.stream()
                .flatMap(type -> type.statuses().stream())
                .distinct()
                .toList();
    }

    /**
     * @param mapping the stored mapping, which is changed
     * @return the problems by the field of the request
     */
    static Map<String, List<String>> into(
            ObjectNode mapping, MappingRequest given, String project, List<TypeStatuses> workflow) {
        WorkflowCheck check = new WorkflowCheck(project, workflow);
        if (given.via() != null) {
            check.via(given.via())
                    .ifPresentOrElse(
                            via -> mapping.set(WorkflowSettings.VIA, via), () -> mapping.remove(WorkflowSettings.VIA));
        }
        check.ids(mapping);
        return check.problems;
    }

    private Optional<ObjectNode> via(JsonNode given) {
        if (given.isTextual() && given.asText().strip().equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        ObjectNode read = JSON.objectNode();
        if (!given.isObject()) {
            problem("must be an object such as {\"Done\": [\"In Progress\", \"In Review\"]}, {} for the ways that are"
                    + " known, or \"off\"");
        }
        given.properties().forEach(way -> status(way.getKey()).ifPresent(target -> {
            ArrayNode statuses = way(target, way.getValue());
            if (read.has(target)) {
                problem("'" + target + "' is given twice");
            }
            read.set(target, statuses);
        }));
        return Optional.of(read);
    }

    private ArrayNode way(String target, JsonNode given) {
        ArrayNode way = JSON.arrayNode();
        if (!given.isArray() || given.isEmpty() || given.size() >= WorkflowSettings.MOST_HOPS) {
            problem("'" + target + "' needs a list of 1 to " + (WorkflowSettings.MOST_HOPS - 1)
                    + " statuses on the way to it");
            return way;
        }
        Set<String> entered = new HashSet<>(Set.of(target));
        given.forEach(element -> status(element.asText("")).ifPresent(status -> {
            if (!entered.add(status)) {
                problem("the way to '" + target + "' enters '" + status + "' twice");
            }
            way.add(status);
        }));
        return way;
    }

    /** The name in Jira's spelling; searched by name before id. */
    private Optional<String> status(String nameOrId) {
        String wanted = nameOrId.strip();
        Optional<String> name = named(wanted).or(() -> statuses.stream()
                .filter(status -> status.id().equals(wanted))
                .map(JiraStatus::name)
                .findFirst());
        if (name.isEmpty()) {
            problem("'" + InvalidRequest.shown(nameOrId) + "' is not a status of project " + project);
        }
        return name;
    }

    private Optional<String> named(String name) {
        List<String> names = statuses.stream().map(JiraStatus::name).toList();
        return names.stream().filter(name::equals).findFirst().or(() -> names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst());
    }

    /** The ids of the statuses on the ways, beside those of the mapped ones. */
    private void ids(ObjectNode mapping) {
        ObjectNode ids = mapping.withObjectProperty(StatusMapping.STATUS_IDS);
        List<String> names = new ArrayList<>();
        mapping.path(WorkflowSettings.VIA).properties().forEach(way -> {
            names.add(way.getKey());
            way.getValue().forEach(status -> names.add(status.asText()));
        });
        for (String name : names) {
            List<String> known = statuses.stream()
                    .filter(status -> status.name().equals(name))
                    .map(JiraStatus::id)
                    .distinct()
                    .toList();
            if (known.size() == 1 && !ids.has(name)) {
                ids.put(name, known.get(0));
            }
        }
    }

    private void problem(String problem) {
        problems.computeIfAbsent(WorkflowSettings.VIA, ignored -> new ArrayList<>())
                .add(problem);
    }
}
