package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.faraday.FaradaySeverity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which vulnerabilities are exported to a project without a request: the key {@code export_rule} of the project, which
 * is the bridge's own. A list that is empty does not restrict.
 *
 * @param issueType null: the project's only one
 * @param workspaces names; they also say which project an export belongs to that names none
 * @param tags a vulnerability has one of them at least
 * @param ignoreTags a vulnerability with one of them is ignored
 * @param onlyCreatedAfter by the time that Faraday recorded; null: however old
 * @param limitPerHour how many exports the rule makes in an hour at most
 */
public record ExportRule(
        boolean enabled,
        @Nullable String issueType,
        List<String> severities,
        List<String> workspaces,
        List<String> tags,
        List<String> ignoreTags,
        @Nullable Instant onlyCreatedAfter,
        int limitPerHour) {

    public static final String KEY = "export_rule";
    public static final int USUAL_LIMIT = 100;
    public static final int HIGHEST_LIMIT = 10_000;

    /** No rule. */
    public static final ExportRule NONE =
            new ExportRule(false, null, List.of(), List.of(), List.of(), List.of(), null, USUAL_LIMIT);

    /** Reads the stored rule. One with an invalid part is not enabled, since without that part it would match more. */
    static ExportRule read(JsonNode stored, Consumer<String> problems) {
        if (stored.isMissingNode() || stored.isNull()) {
            return NONE;
        }
        List<String> wrong = new ArrayList<>();
        if (!stored.isObject()) {
            wrong.add("must be an object");
        }
        List<String> severities = texts(stored, "severities", wrong);
        if (!FaradaySeverity.ALL.containsAll(severities)) {
            wrong.add("has an unknown severity; known are " + FaradaySeverity.ALL);
        }
        int limit = stored.path("limit_per_hour").asInt(USUAL_LIMIT);
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            wrong.add("has a limit_per_hour that is not 1 to " + HIGHEST_LIMIT);
        }
        ExportRule rule = new ExportRule(
                stored.path("enabled").asBoolean(false),
                stored.path("issue_type").isTextual()
                        ? stored.path("issue_type").asText()
                        : null,
                severities,
                texts(stored, "workspaces", wrong),
                texts(stored, "tags", wrong),
                texts(stored, "ignore_tags", wrong),
                time(stored.path("only_created_after"), wrong),
                limit);
        wrong.forEach(part -> problems.accept(KEY + " " + part + "; the rule is not worked on"));
        return wrong.isEmpty() ? rule : rule.enabled(false);
    }

    public ExportRule enabled(boolean on) {
        return new ExportRule(on, issueType, severities, workspaces, tags, ignoreTags, onlyCreatedAfter, limitPerHour);
    }

    /** Whether it matches the same vulnerabilities. */
    public boolean matchesAs(ExportRule other) {
        return severities.equals(other.severities)
                && workspaces.equals(other.workspaces)
                && tags.equals(other.tags)
                && ignoreTags.equals(other.ignoreTags)
                && Objects.equals(onlyCreatedAfter, other.onlyCreatedAfter);
    }

    /** As it is stored; what does not restrict is left out. */
    public ObjectNode stored() {
        ObjectNode stored = JsonNodeFactory.instance.objectNode().put("enabled", enabled);
        if (issueType != null) {
            stored.put("issue_type", issueType);
        }
        put(stored, "severities", severities);
        put(stored, "workspaces", workspaces);
        put(stored, "tags", tags);
        put(stored, "ignore_tags", ignoreTags);
        if (onlyCreatedAfter != null) {
            stored.put("only_created_after", onlyCreatedAfter.toString());
        }
        return stored.put("limit_per_hour", limitPerHour);
    }

    private static void put(ObjectNode stored, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(stored.putArray(key)::add);
        }
    }

    private static List<String> texts(JsonNode stored, String key, List<String> wrong) {
        List<String> texts = new ArrayList<>();
        JsonNode list = stored.path(key);
        boolean absent = list.isMissingNode() || list.isNull();
        list.forEach(text -> texts.add(text.isTextual() ? text.asText() : ""));
        if (!absent && (!list.isArray() || texts.contains(""))) {
            wrong.add("has a part '" + key + "' that is not a list of texts");
        }
        return List.copyOf(texts);
    }

    private static @Nullable Instant time(JsonNode stored, List<String> wrong) {
        if (stored.isMissingNode() || stored.isNull()) {
            return null;
        }
        try {
            return Instant.parse(stored.asText());
        } catch (DateTimeException e) {
            wrong.add("has an only_created_after that is not a time such as 2026-01-31T08:00:00Z");
            return null;
        }
    }
}
