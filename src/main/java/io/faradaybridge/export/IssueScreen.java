package io.faradaybridge.export;

import io.faradaybridge.fields.IssueFields;
import org.jspecify.annotations.Nullable;

/**
 * What the issues of a chunk are filled by: the configuration of their type, on the create screen as Jira shows it. Asked for
 * once a chunk.
 *
 * @param fields null: the issue type is not configured any more
 * @param tried a preview's, whose templates need not be remembered
 */
public record IssueScreen(@Nullable IssueFields fields, boolean tried) {

    /** Read by the flow: the project has no Summary of its own, so the operator's file is rendered. */
    public boolean summaryOfFile() {
        return fields != null && fields.summary().isEmpty();
    }

    /** Read by the flow: the same of the Description, which not every create screen has. */
    public boolean descriptionOfFile() {
        return fields != null && fields.description().isEmpty() && fields.takesDescription();
    }
}
