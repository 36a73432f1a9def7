package io.faradaybridge.export;

import io.faradaybridge.fields.Directory;
import io.faradaybridge.fields.IssueFields;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an issue type together with Jira's create screen. It is read once for each chunk.
 *
 * @param fields null if the issue type is not configured any more
 * @param tried whether it belongs to a preview, whose templates are not cached
 * @param directory looks up what templates name, such as users
 */
public record IssueScreen(@Nullable IssueFields fields, boolean tried, Directory directory) {

    /** Read by the flow: whether the operator's file is rendered, because the project has no Summary of its own. */
    public boolean summaryOfFile() {
        return fields != null && fields.summary().isEmpty();
    }

    /** Read by the flow: the same for the Description, which not every create screen has. */
    public boolean descriptionOfFile() {
        return fields != null && fields.description().isEmpty() && fields.takesDescription();
    }
}
