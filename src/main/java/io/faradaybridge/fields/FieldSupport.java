package io.faradaybridge.fields;

import io.faradaybridge.jira.answers.CreateMetaField;

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

    public static FieldSupport of(CreateMetaField field) {
        String system = IssueFields.system(field);
        return system.equals("project") || system.equals("issuetype")
                ? new FieldSupport(Level.NONE, "the bridge fills it in itself")
                : FieldType.of(field).support(field);
    }
}
