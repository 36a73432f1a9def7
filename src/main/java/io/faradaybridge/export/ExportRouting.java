package io.faradaybridge.export;

import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Finds the project of an export that names none: the active one whose {@code export_rule.workspaces} name the
 * workspaces of all its vulnerabilities, whether or not the rule is enabled.
 */
@Component
class ExportRouting {

    private static final String SAY = "; say \"project\"";

    /**
     * @param vulnerabilities those that the caller may see
     * @throws InvalidRequest with the candidates, unless there is exactly one project
     */
    ProjectSettings project(Collection<VulnerabilityState> vulnerabilities, IntegrationSettings settings) {
        List<ProjectSettings> active = settings.projectsAtWork();
        Set<String> workspaces = vulnerabilities.stream()
                .map(VulnerabilityState::workspaceName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (workspaces.isEmpty()) {
            throw refused("is needed, since none of these vulnerabilities exists in a workspace that you may enter");
        }
        Set<ProjectSettings> chosen = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        for (String workspace : workspaces) {
            List<ProjectSettings> matching = active.stream()
                    .filter(project -> project.exportRule().workspaces().contains(workspace))
                    .toList();
            chosen.addAll(matching);
            if (matching.isEmpty()) {
                problems.add(
                        "workspace '" + workspace + "' belongs to no project; the active ones are " + keys(active));
            } else if (matching.size() > 1) {
                problems.add("workspace '" + workspace + "' belongs to several projects: " + keys(matching));
            }
        }
        if (!problems.isEmpty()) {
            throw refused("is needed: " + String.join("; ", problems) + SAY);
        }
        if (chosen.size() > 1) {
            throw refused("is needed, since the workspaces " + workspaces + " belong to different projects: "
                    + keys(chosen) + "; export each workspace by itself, or say \"project\"");
        }
        return chosen.iterator().next();
    }

    private static InvalidRequest refused(String reason) {
        return new InvalidRequest("project", reason);
    }

    private static List<String> keys(Collection<ProjectSettings> projects) {
        return projects.stream().map(ProjectSettings::key).toList();
    }
}
