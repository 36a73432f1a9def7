package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the bridge may do in a project's workflow beyond a single transition: keys of its own in {@code
 * attribute_mapping}.
 *
 * @param severalSteps whether a status may be reached by several transitions: {@code "via"} is there
 * @param via the statuses on the way to a status; a status without an entry is reached by known transitions only
 */
public record WorkflowSettings(boolean severalSteps, Map<JiraStatus, List<JiraStatus>> via) {

    /** Key of {@code attribute_mapping}: {@code {"Done": ["In Progress", "In Review"]}}. */
    public static final String VIA = "via";

    /** L14: a status is reached by at most so many transitions. */
    public static final int MOST_HOPS = 6;

    public static final WorkflowSettings NONE = new WorkflowSettings(false, Map.of());

    public WorkflowSettings {
        via = Collections.unmodifiableMap(new LinkedHashMap<>(via));
    }

    /** The statuses before the target, in their order; empty if none are configured. */
    public Optional<List<JiraStatus>> wayTo(JiraStatus target) {
        return via.entrySet().stream()
                .filter(way -> way.getKey().sameAs(target))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    static WorkflowSettings read(JsonNode attributeMapping, Consumer<String> problems) {
        JsonNode configured = attributeMapping.path(VIA);
        if (configured.isMissingNode() || configured.isNull()) {
            return NONE;
        }
        if (!configured.isObject()) {
            problems.accept(
                    "attribute_mapping.via must be an object such as {\"Done\": [\"In Progress\", \"In Review\"]},"
                            + " so it is ignored");
            return NONE;
        }
        StatusIds ids = StatusIds.read(attributeMapping.path(StatusMapping.STATUS_IDS));
        Map<JiraStatus, List<JiraStatus>> via = new LinkedHashMap<>();
        configured.properties().forEach(way -> {
            List<JiraStatus> statuses = new ArrayList<>();
            way.getValue().forEach(status -> statuses.add(ids.status(status.asText(""))));
            via.put(ids.status(way.getKey()), List.copyOf(statuses));
        });
        return new WorkflowSettings(true, via);
    }
}
