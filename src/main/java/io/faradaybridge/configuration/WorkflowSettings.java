package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
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
 * @param fields what transitions send because of a vulnerability's status, by the names of the fields of their screens
 * @param comment a Jinja2 template of the comment that the transition to the target adds; empty for none
 * @param newIssue whether a vulnerability that is opened again gets a new issue where the workflow does not lead back
 */
public record WorkflowSettings(
        boolean severalSteps,
        Map<JiraStatus, List<JiraStatus>> via,
        Map<FaradayStatus, Map<String, FieldSetting>> fields,
        String comment,
        boolean newIssue) {

    /** Key of {@code attribute_mapping}: {@code {"Done": ["In Progress", "In Review"]}}. */
    public static final String VIA = "via";

    /** Key of {@code attribute_mapping}: {@code {"closed": {"Resolution": "Fixed"}}}. */
    public static final String TRANSITION_FIELDS = "transition_fields";

    /** Key of {@code attribute_mapping}: a Jinja2 template. */
    public static final String TRANSITION_COMMENT = "transition_comment";

    /** Key of {@code attribute_mapping}: {@code new_issue}. */
    public static final String REOPEN = "reopen";

    public static final String NEW_ISSUE = "new_issue";

    /** L14: a status is reached by at most so many transitions. */
    public static final int MOST_HOPS = 6;

    public static final WorkflowSettings NONE = new WorkflowSettings(false, Map.of(), Map.of(), "", false);

    public WorkflowSettings {
        via = Collections.unmodifiableMap(new LinkedHashMap<>(via));
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** With ways only. */
    public WorkflowSettings(boolean severalSteps, Map<JiraStatus, List<JiraStatus>> via) {
        this(severalSteps, via, Map.of(), "", false);
    }

    /** What a transition sends because of this status, by the names of fields. */
    public Map<String, FieldSetting> fieldsOf(FaradayStatus status) {
        return fields.getOrDefault(status, Map.of());
    }

    /** The statuses before the target, in their order; empty if none are configured. */
    public Optional<List<JiraStatus>> wayTo(JiraStatus target) {
        return via.entrySet().stream()
                .filter(way -> way.getKey().sameAs(target))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    public static WorkflowSettings read(JsonNode attributeMapping, Consumer<String> problems) {
        JsonNode configured = attributeMapping.path(VIA);
        boolean several = configured.isObject();
        if (!several && !configured.isMissingNode() && !configured.isNull()) {
            problems.accept(
                    "attribute_mapping.via must be an object such as {\"Done\": [\"In Progress\", \"In Review\"]},"
                            + " so it is ignored");
        }
        StatusIds ids = StatusIds.read(attributeMapping.path(StatusMapping.STATUS_IDS));
        Map<JiraStatus, List<JiraStatus>> via = new LinkedHashMap<>();
        if (several) {
            configured.properties().forEach(way -> {
                List<JiraStatus> statuses = new ArrayList<>();
                way.getValue().forEach(status -> statuses.add(ids.status(status.asText(""))));
                via.put(ids.status(way.getKey()), List.copyOf(statuses));
            });
        }
        return new WorkflowSettings(
                several,
                via,
                fields(attributeMapping.path(TRANSITION_FIELDS), problems),
                attributeMapping.path(TRANSITION_COMMENT).asText(""),
                attributeMapping.path(REOPEN).asText("").strip().equalsIgnoreCase(NEW_ISSUE));
    }

    private static Map<FaradayStatus, Map<String, FieldSetting>> fields(
            JsonNode configured, Consumer<String> problems) {
        Map<FaradayStatus, Map<String, FieldSetting>> fields = new EnumMap<>(FaradayStatus.class);
        configured.properties().forEach(outcome -> FaradayStatus.parse(outcome.getKey())
                .ifPresentOrElse(
                        status -> {
                            Map<String, FieldSetting> values = new LinkedHashMap<>();
                            outcome.getValue()
                                    .properties()
                                    .forEach(field -> values.put(field.getKey(), FieldSetting.read(field.getValue())));
                            fields.put(status, Collections.unmodifiableMap(values));
                        },
                        () -> problems.accept("attribute_mapping.transition_fields: '" + outcome.getKey()
                                + "' is not a Faraday status; use open, closed, re-opened or risk-accepted")));
        return fields;
    }
}
