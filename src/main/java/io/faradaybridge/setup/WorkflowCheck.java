package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.fields.TemplateCheck;
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
    private final ProjectStatuses statuses;
    private final TemplateCheck templates;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    private WorkflowCheck(String project, List<TypeStatuses> workflow, TemplateCheck templates) {
        this.project = project;
        this.templates = templates;
        this.statuses = ProjectStatuses.of(workflow);
    }

    /**
     * @param mapping the stored mapping, which is changed
     * @return the problems by the field of the request
     */
    static Map<String, List<String>> into(
            ObjectNode mapping,
            MappingRequest given,
            String project,
            List<TypeStatuses> workflow,
            TemplateCheck templates) {
        WorkflowCheck check = new WorkflowCheck(project, workflow, templates);
        if (given.via() != null) {
            set(mapping, WorkflowSettings.VIA, check.via(given.via()));
        }
        if (given.transitionFields() != null) {
            set(mapping, WorkflowSettings.TRANSITION_FIELDS, check.fields(given.transitionFields()));
        }
        if (given.transitionComment() != null) {
            set(mapping, WorkflowSettings.TRANSITION_COMMENT, check.comment(given.transitionComment()));
        }
        if (given.reopen() != null) {
            set(mapping, WorkflowSettings.REOPEN, check.reopen(given.reopen().strip()));
        }
        check.ids(mapping);
        return check.problems;
    }

    private static void set(ObjectNode mapping, String key, Optional<? extends JsonNode> value) {
        value.ifPresentOrElse(node -> mapping.set(key, node), () -> mapping.remove(key));
    }

    /** The values themselves are checked when they are sent: only then Jira shows the screen of the transition. */
    private Optional<ObjectNode> fields(ObjectNode given) {
        ObjectNode read = JSON.objectNode();
        given.properties().forEach(outcome -> {
            Optional<FaradayStatus> status = FaradayStatus.parse(outcome.getKey());
            if (status.isEmpty()) {
                problem(
                        WorkflowSettings.TRANSITION_FIELDS,
                        "'" + InvalidRequest.shown(outcome.getKey())
                                + "' is not a status of Faraday; use open, closed, re-opened or risk-accepted");
            } else if (!outcome.getValue().isObject()) {
                problem(
                        WorkflowSettings.TRANSITION_FIELDS,
                        "'" + status.get() + "' needs an object of values by the names of fields, such as"
                                + " {\"Resolution\": \"Fixed\"}");
            } else {
                outcome.getValue().properties().forEach(field -> value(field.getKey(), field.getValue()));
                read.set(status.get().stored(), outcome.getValue());
            }
        });
        return read.isEmpty() ? Optional.empty() : Optional.of(read);
    }

    private void value(String name, JsonNode given) {
        FieldSetting setting = FieldSetting.read(given);
        if (setting.empty()) {
            problem(WorkflowSettings.TRANSITION_FIELDS, "'" + InvalidRequest.shown(name) + "' needs a value");
        } else if (setting.holdsJinja()) {
            problem(
                    WorkflowSettings.TRANSITION_FIELDS,
                    "'" + InvalidRequest.shown(name) + "' holds Jinja2 markup; only the comment is a template");
        }
    }

    private Optional<JsonNode> reopen(String given) {
        if (given.equalsIgnoreCase(WorkflowSettings.NEW_ISSUE)) {
            return Optional.of(JSON.textNode(WorkflowSettings.NEW_ISSUE));
        }
        if (!given.equalsIgnoreCase("transition")) {
            problem(WorkflowSettings.REOPEN, "must be transition or new_issue");
        }
        return Optional.empty();
    }

    private Optional<JsonNode> comment(String given) {
        templates
                .problem("description", given)
                .ifPresent(problem -> problem(WorkflowSettings.TRANSITION_COMMENT, problem.toString()));
        return given.isBlank() ? Optional.empty() : Optional.of(JSON.textNode(given));
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

    private Optional<String> status(String nameOrId) {
        Optional<String> name = statuses.named(nameOrId);
        if (name.isEmpty()) {
            problem("'" + InvalidRequest.shown(nameOrId) + "' is not a status of project " + project);
        }
        return name;
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
            List<String> known = statuses.ids(name);
            if (known.size() == 1 && !ids.has(name)) {
                ids.put(name, known.get(0));
            }
        }
    }

    private void problem(String problem) {
        problem(WorkflowSettings.VIA, problem);
    }

    private void problem(String field, String problem) {
        problems.computeIfAbsent(field, ignored -> new ArrayList<>()).add(problem);
    }
}
