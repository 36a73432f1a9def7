package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.tables.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One Jira project that vulnerabilities are exported to.
 *
 * @param key Jira's key of the project
 * @param active false if nothing is exported to it and its links are not worked on
 * @param issueTypes by the issue type's name
 * @param onExport whether a new issue follows its vulnerability at once
 * @param exportRule what is exported without a request
 * @param workflow what may be done in the workflow beyond a single transition
 * @param attachments whether new issues get the files of their vulnerability
 * @param follow the fields of an issue that follow its vulnerability, by name or id
 * @param remoteLink whether issues get a remote link to Faraday's page of the vulnerability
 * @param comments which comments are copied
 */
public record ProjectSettings(
        String key,
        boolean active,
        Map<String, TicketConfig> issueTypes,
        StatusMapping mapping,
        ConflictPolicy policy,
        OnExport onExport,
        ExportRule exportRule,
        WorkflowSettings workflow,
        IssueAttachments attachments,
        List<String> follow,
        boolean remoteLink,
        CommentCopying comments) {

    /** The project's list of fields that follow the vulnerability, a key of the bridge's own. */
    public static final String FOLLOW = "follow";

    /** Whether issues get a remote link, a key of the bridge's own. */
    public static final String REMOTE_LINK = "remote_link";

    public ProjectSettings {
        follow = List.copyOf(follow);
        issueTypes = Collections.unmodifiableMap(new LinkedHashMap<>(issueTypes));
    }

    /** Faraday documents no key for the activation. Without the key a project with an issue type counts as active. */
    static ProjectSettings read(String key, JsonNode project, Consumer<String> problems) {
        Map<String, TicketConfig> issueTypes = new LinkedHashMap<>();
        project.path("ticket_config").path("issue_types").properties().forEach(type -> {
            if (type.getValue().isObject()) {
                issueTypes.put(type.getKey(), TicketConfig.read(type.getKey(), type.getValue()));
            } else {
                problems.accept("issue type '" + type.getKey() + "' must be an object with \"fields\"; it is ignored");
            }
        });
        JsonNode active = project.path("active");
        JsonNode mapping = project.path("attribute_mapping");
        return new ProjectSettings(
                key,
                active.asBoolean((active.isMissingNode() || active.isNull()) && !issueTypes.isEmpty()),
                issueTypes,
                StatusMapping.read(mapping, problems),
                policy(mapping.path("policy").asText(""), problems),
                onExport(mapping.path("on_export").asText(""), problems),
                ExportRule.read(project.path(ExportRule.KEY), problems),
                WorkflowSettings.read(mapping, problems),
                IssueAttachments.read(project.path(IssueAttachments.KEY), problems),
                follow(project.path(FOLLOW), problems),
                remoteLink(project.path(REMOTE_LINK), problems),
                comments(project.path(CommentCopying.KEY), problems));
    }

    /** The project with another rule. */
    public ProjectSettings with(ExportRule rule) {
        return new ProjectSettings(
                key,
                active,
                issueTypes,
                mapping,
                policy,
                onExport,
                rule,
                workflow,
                attachments,
                follow,
                remoteLink,
                comments);
    }

    Optional<TicketConfig> issueType(String name) {
        return Optional.ofNullable(issueTypes.get(name));
    }

    /**
     * A fingerprint of everything that decides about statuses, equal in every process. A link that was blocked under
     * one version is looked at again under another.
     */
    public String mappingVersion() {
        StringBuilder text = new StringBuilder();
        mapping.incoming().forEach((name, status) -> line(text, "in", name.toLowerCase(Locale.ROOT), status));
        mapping.outgoing().forEach((status, jira) -> {
            line(text, "out", status, jira.id());
            line(text, "out", status, jira.name());
        });
        mapping.incomingById().forEach((id, status) -> line(text, "in-id", id, status));
        line(text, "policy", policy);
        line(text, "active", active);
        if (!workflow.equals(WorkflowSettings.NONE)) {
            line(text, "workflow", workflow);
        }
        return fingerprint(text.toString());
    }

    /** A fingerprint of everything that decides what the rule exports: an export that failed under one may succeed under another. */
    public String exportVersion() {
        return fingerprint(issueTypes + "\n" + exportRule);
    }

    private static String fingerprint(String text) {
        return Sha256.hex(text, 8);
    }

    private static void line(StringBuilder text, Object... parts) {
        for (Object part : parts) {
            String written = part.toString();
            text.append(written.length()).append(':').append(written);
        }
        text.append('\n');
    }

    /** A fingerprint of everything in the row that decides what the followed fields hold. */
    public String followVersion() {
        return fingerprint(issueTypes + "\n" + follow);
    }

    private static List<String> follow(JsonNode stored, Consumer<String> problems) {
        List<String> fields = new ArrayList<>();
        stored.forEach(field -> fields.add(field.isTextual() ? field.asText().strip() : ""));
        if (fields.contains("") || !(stored.isArray() || stored.isMissingNode() || stored.isNull())) {
            problems.accept(FOLLOW + " must be a list of names or ids of fields; no field follows");
            return List.of();
        }
        return fields;
    }

    private static CommentCopying comments(JsonNode stored, Consumer<String> problems) {
        if (stored.isMissingNode() || stored.isNull()) {
            return CommentCopying.NONE;
        }
        return CommentCopying.parse(stored.asText()).orElseGet(() -> {
            problems.accept(CommentCopying.KEY + " must be one of " + CommentCopying.VALUES + "; no comment is copied");
            return CommentCopying.NONE;
        });
    }

    private static boolean remoteLink(JsonNode stored, Consumer<String> problems) {
        if (!(stored.isBoolean() || stored.isMissingNode() || stored.isNull())) {
            problems.accept(REMOTE_LINK + " must be true or false; issues get no remote link");
        }
        return stored.isBoolean() && stored.booleanValue();
    }

    private static OnExport onExport(String text, Consumer<String> problems) {
        if (text.isBlank()) {
            return OnExport.STAY;
        }
        return OnExport.parse(text).orElseGet(() -> {
            problems.accept("attribute_mapping.on_export is '" + text + "'; expected stay or follow, so stay is used");
            return OnExport.STAY;
        });
    }

    private static ConflictPolicy policy(String text, Consumer<String> problems) {
        if (text.isBlank()) {
            return ConflictPolicy.JIRA_WINS;
        }
        return ConflictPolicy.parse(text).orElseGet(() -> {
            problems.accept("attribute_mapping.policy is '" + text
                    + "'; expected jira-wins or faraday-wins, so jira-wins is used");
            return ConflictPolicy.JIRA_WINS;
        });
    }
}
