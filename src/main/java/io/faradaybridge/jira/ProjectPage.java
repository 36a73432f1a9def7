package io.faradaybridge.jira;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of Jira's projects.
 *
 * @param total how many there are in all; null where Jira does not say
 * @param last no page comes after this one
 */
public record ProjectPage(
        List<JiraProject> projects, @Nullable Integer total, boolean last) {

    public ProjectPage {
        projects = List.copyOf(projects);
    }
}
