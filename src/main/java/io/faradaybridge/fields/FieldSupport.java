package io.faradaybridge.fields;

import io.faradaybridge.jira.answers.CreateMetaField;

/**
 * Whether the bridge can fill a field.
 *
 * @param reason why it cannot, or a warning; empty if there is none
 */
public record FieldSupport(Level level, String reason) {

    /** How well the bridge supports the field. */
    public enum Level {
        /** Values are checked and sent in Jira's form. */
        FULL,
        /** A type of an app that only the app knows: values are sent as they are stored. */
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
