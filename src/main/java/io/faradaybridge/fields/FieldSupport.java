package io.faradaybridge.fields;

import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.Map;
import java.util.Set;

/**
 * Whether the bridge can fill a field with a fixed value.
 *
 * @param reason why it cannot, or what to mind; empty where there is nothing to say
 */
public record FieldSupport(Level level, String reason) {

    /** How far it can. */
    public enum Level {
        /** Values are checked and written as Jira wants them. */
        FULL,
        /** A type of an app's that only the app knows: values go out as they are stored. */
        AS_STORED,
        NONE
    }

    private static final FieldSupport FULL = new FieldSupport(Level.FULL, "");
    private static final Set<String> TYPES = Set.of(
            "string",
            "number",
            "date",
            "datetime",
            "option",
            "option-with-child",
            "priority",
            "resolution",
            "securitylevel",
            "version",
            "component",
            "group",
            "user",
            "project",
            "issuelink",
            "timetracking",
            "any");
    private static final Set<String> ITEMS = Set.of("string", "option", "component", "version", "group", "user");
    private static final Map<String, String> NEVER = Map.of(
            "attachment", "files are not a part of a field's value",
            "issuelinks", "links between issues are made after the issue",
            "comment", "comments are made after the issue",
            "comments-page", "comments are made after the issue",
            "worklog", "work is logged after the issue is created",
            "watches", "Jira sets it itself",
            "votes", "Jira sets it itself",
            "progress", "Jira sets it itself");

    /** A list whose elements the bridge knows nothing of, nor whether Jira wants a list at all. */
    static boolean isAppsOwnArray(CreateMetaField field) {
        String items = field.items();
        boolean known = ITEMS.contains(items) || (TYPES.contains(items) && !items.equals("any"));
        return field.type().equals("array") && !known && field.allowedValues().isEmpty();
    }

    public static FieldSupport of(CreateMetaField field) {
        String system = IssueFields.system(field);
        String type = field.type();
        String items = field.items();
        if (system.equals("project") || system.equals("issuetype")) {
            return new FieldSupport(Level.NONE, "the bridge fills it in itself");
        }
        String never = NEVER.get(type.equals("array") ? items : type);
        if (never != null) {
            return new FieldSupport(Level.NONE, never);
        }
        if (BareReference.is(field)) {
            return new FieldSupport(Level.FULL, BareReference.hint(field));
        }
        if (type.equals("array") ? ITEMS.contains(items) : TYPES.contains(type)) {
            return FULL;
        }
        return new FieldSupport(
                Level.AS_STORED,
                "the bridge does not know values of the type '" + (type.equals("array") ? "array of " + items : type)
                        + "'; one is sent exactly as it is stored, unchecked");
    }
}
