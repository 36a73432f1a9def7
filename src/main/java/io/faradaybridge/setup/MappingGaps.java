package io.faradaybridge.setup;

import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Statuses that a project's mapping lacks, as warnings when the project is activated. An incomplete mapping can be
 * saved.
 */
@Component
class MappingGaps {

    private final JiraCatalogue catalogue;

    MappingGaps(JiraCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** One line for each status; without Jira's statuses if it does not return them in time. */
    List<String> of(Collection<ProjectSettings> projects, JiraClient jira) {
        List<String> warnings = new ArrayList<>();
        for (ProjectSettings project : projects) {
            warnings.addAll(faradays(project));
            try {
                warnings.addAll(jiras(project, catalogue.statuses(jira, project.key())));
            } catch (JiraFailure | ResponseStatusException untold) {
                warnings.add(project.key() + ": it is not known which of Jira's statuses are not mapped; "
                        + untold.getMessage());
            }
        }
        return warnings;
    }

    private static List<String> faradays(ProjectSettings project) {
        List<String> warnings = new ArrayList<>();
        for (FaradayStatus status : FaradayStatus.values()) {
            if (project.mapping().out(status).isEmpty()) {
                warnings.add(project.key() + ": Faraday's '" + status.stored()
                        + "' has no outgoing mapping: a vulnerability with this status does not move its issue");
            }
        }
        return warnings;
    }

    private static List<String> jiras(ProjectSettings project, List<TypeStatuses> workflow) {
        StatusMapping mapping = project.mapping();
        Map<String, JiraStatus> unmapped = new LinkedHashMap<>();
        workflow.stream()
                .filter(type -> project.issueTypes().keySet().stream().anyMatch(type.issueType()::isNamed))
                .flatMap(type -> type.statuses().stream())
                .filter(status -> mapping.in(status).isEmpty())
                .forEach(status -> unmapped.putIfAbsent(status.name().toLowerCase(Locale.ROOT), status));
        return unmapped.values().stream()
                .map(status -> project.key() + ": Jira's '" + status.name()
                        + "' has no incoming mapping: an issue in this status does not change its vulnerability")
                .toList();
    }
}
