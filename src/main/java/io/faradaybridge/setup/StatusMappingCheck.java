package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.ConflictPolicy;
import io.faradaybridge.configuration.OnExport;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks a status mapping of a request against the statuses of the project's workflow. */
final class StatusMappingCheck {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FARADAYS = "use open, closed, re-opened or risk-accepted";

    private final String project;
    private final List<TypeStatuses> workflow;
    private final ProjectStatuses statuses;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();
    /** By names in Jira's spelling, since two statuses may differ only in case. */
    private final Map<String, FaradayStatus> in = new TreeMap<>();

    private final Map<FaradayStatus, String> out = new EnumMap<>(FaradayStatus.class);

    private StatusMappingCheck(String project, List<TypeStatuses> workflow) {
        this.project = project;
        this.workflow = workflow;
        this.statuses = ProjectStatuses.of(workflow);
    }

    /**
     * @param incoming Faraday's stored values by Jira's names
     * @param outgoing Jira's names by Faraday's stored values
     * @param ids the ids of Jira's statuses by those names, if a name is unique
     * @param problems by the field of the request
     */
    record Checked(
            JsonNode incoming,
            JsonNode outgoing,
            ObjectNode ids,
            Optional<ConflictPolicy> policy,
            Optional<OnExport> onExport,
            Map<String, List<String>> problems,
            List<String> warnings) {}

    /**
     * @param stored the stored mapping, which is used for missing parts
     * @param configuredTypes the names of the configured issue types
     */
    static Checked of(
            String project,
            MappingRequest given,
            ObjectNode stored,
            List<TypeStatuses> workflow,
            Set<String> configuredTypes) {
        StatusMappingCheck check = new StatusMappingCheck(project, workflow);
        JsonNode incoming = given.incoming() != null
                ? check.incoming(given.incoming())
                : stored.path("incoming").isObject() ? stored.path("incoming") : JSON.objectNode();
        JsonNode outgoing = given.outgoing() != null
                ? check.outgoing(given.outgoing())
                : stored.path("outgoing").isObject() ? stored.path("outgoing") : JSON.objectNode();
        Optional<ConflictPolicy> policy = Optional.ofNullable(given.policy()).flatMap(check::policy);
        Optional<OnExport> onExport = Optional.ofNullable(given.onExport()).flatMap(check::onExport);
        ObjectNode merged = JSON.objectNode();
        merged.set("incoming", incoming);
        merged.set("outgoing", outgoing);
        StatusMapping whole = StatusMapping.read(merged, unreadable -> {});
        whole.incoming()
                .forEach((name, status) ->
                        check.in.putIfAbsent(check.statuses.spelled(name).orElse(name), status));
        whole.outgoing()
                .forEach((status, jira) -> check.out.putIfAbsent(
                        status, check.statuses.spelled(jira.name()).orElse(jira.name())));
        return new Checked(
                incoming,
                outgoing,
                check.ids(stored.path(StatusMapping.STATUS_IDS)),
                policy,
                onExport,
                check.problems,
                check.warnings(configuredTypes));
    }

    private ObjectNode incoming(ObjectNode given) {
        ObjectNode read = JSON.objectNode();
        StatusMapping.forEachSet(given, (key, value) -> {
            Optional<String> jira = name("incoming", key);
            Optional<FaradayStatus> faraday = faraday("incoming", value.asText(""));
            if (jira.isEmpty() || faraday.isEmpty()) {
                return;
            }
            if (in.putIfAbsent(jira.get(), faraday.get()) != null) {
                problem("incoming", "'" + jira.get() + "' is given twice");
            }
            read.put(jira.get(), faraday.get().stored());
        });
        return read;
    }

    private ObjectNode outgoing(ObjectNode given) {
        ObjectNode read = JSON.objectNode();
        StatusMapping.forEachSet(given, (key, value) -> {
            Optional<FaradayStatus> faraday = faraday("outgoing", key);
            Optional<String> jira = name(
                    "outgoing",
                    value.isObject()
                            ? value.path("id").asText(value.path("name").asText(""))
                            : value.asText(""));
            if (jira.isEmpty() || faraday.isEmpty()) {
                return;
            }
            if (out.putIfAbsent(faraday.get(), jira.get()) != null) {
                problem("outgoing", "'" + faraday.get() + "' is given twice");
            }
            read.put(faraday.get().stored(), jira.get());
        });
        return read;
    }

    private Optional<ConflictPolicy> policy(String given) {
        Optional<ConflictPolicy> policy = ConflictPolicy.parse(given);
        if (policy.isEmpty()) {
            problem("policy", "must be jira-wins or faraday-wins");
        }
        return policy;
    }

    private Optional<OnExport> onExport(String given) {
        Optional<OnExport> choice = OnExport.parse(given);
        if (choice.isEmpty()) {
            problem("on_export", "must be stay or follow");
        }
        return choice;
    }

    private Optional<FaradayStatus> faraday(String field, String text) {
        Optional<FaradayStatus> status = FaradayStatus.parse(text);
        if (status.isEmpty()) {
            problem(field, "'" + InvalidRequest.shown(text) + "' is not a status of Faraday; " + FARADAYS);
        }
        return status;
    }

    private Optional<String> name(String field, String nameOrId) {
        Optional<String> name = statuses.named(nameOrId);
        if (name.isEmpty()) {
            problem(
                    field,
                    "'" + InvalidRequest.shown(nameOrId) + "' is not a status of project " + project + "; it has "
                            + statuses.all().stream()
                                    .map(JiraStatus::name)
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
        return name;
    }

    private ObjectNode ids(JsonNode before) {
        ObjectNode ids = JSON.objectNode();
        Set<String> names = new LinkedHashSet<>(in.keySet());
        names.addAll(out.values());
        for (String name : names) {
            List<String> known = statuses.ids(statuses.spelled(name.strip()).orElse(name));
            if (known.size() == 1) {
                ids.put(name, known.get(0));
            } else if (known.isEmpty() && before.path(name).isTextual()) {
                ids.set(name, before.path(name)); // renamed in Jira since: the id still finds it
            }
        }
        return ids;
    }

    private List<String> warnings(Set<String> configuredTypes) {
        List<String> warnings = new ArrayList<>();
        out.forEach((faraday, jira) -> {
            FaradayStatus back = in.get(jira);
            if (back == null) {
                warnings.add("'" + faraday + "' is mapped to Jira's '" + jira + "', but '" + jira
                        + "' has no incoming mapping: an issue in this status does not change its vulnerability");
            } else if (back != faraday) {
                warnings.add(
                        "'" + faraday + "' is mapped to Jira's '" + jira + "', but '" + jira + "' is mapped to '" + back
                                + "': once its issue leaves '" + jira + "' and returns, a vulnerability is '" + back
                                + "' instead of '" + faraday + "'");
            }
        });
        in.forEach((jira, faraday) -> {
            if (!out.containsKey(faraday)) {
                warnings.add("Jira's '" + jira + "' is mapped to '" + faraday + "', but '" + faraday
                        + "' has no outgoing mapping: a vulnerability with this status does not move its issue");
            }
        });
        Set<String> used = new LinkedHashSet<>(in.keySet());
        used.addAll(out.values());
        for (TypeStatuses type : workflow) {
            String typeName = type.issueType().name();
            boolean configured = configuredTypes.contains(type.issueType().id())
                    || configuredTypes.stream().anyMatch(typeName::equalsIgnoreCase);
            for (String name : used) {
                boolean there = type.statuses().stream()
                        .anyMatch(status -> status.name().equalsIgnoreCase(name));
                boolean elsewhere =
                        statuses.all().stream().anyMatch(status -> status.name().equalsIgnoreCase(name));
                if (configured && !there && elsewhere) {
                    warnings.add("'" + name + "' is not in the workflow of " + typeName);
                }
            }
        }
        return warnings;
    }

    private void problem(String field, String problem) {
        problems.computeIfAbsent(field, ignored -> new ArrayList<>()).add(problem);
    }
}
