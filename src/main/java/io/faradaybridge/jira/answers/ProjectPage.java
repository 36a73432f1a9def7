package io.faradaybridge.jira.answers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of Jira's projects.
 *
 * @param total the number of all projects; null if Jira does not state it
 * @param last whether it is the last page
 */
public record ProjectPage(
        List<JiraProject> projects, @Nullable Integer total, boolean last) {

    public ProjectPage {
        projects = List.copyOf(projects);
    }
}
