package io.faradaybridge.setup;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.TypeStatuses;
import java.util.List;
import java.util.Optional;

/** The statuses that the issues of a project may have, and how a request names them. */
record ProjectStatuses(List<JiraStatus> all) {

    static ProjectStatuses of(List<TypeStatuses> workflow) {
        return new ProjectStatuses(workflow.stream()
                .flatMap(type -> type.statuses().stream())
                .distinct()
                .toList());
    }

    /** The name in Jira's spelling; searched by name before id. */
    Optional<String> named(String nameOrId) {
        String wanted = nameOrId.strip();
        return spelled(wanted).or(() -> all.stream()
                .filter(status -> status.id().equals(wanted))
                .map(JiraStatus::name)
                .findFirst());
    }

    /** The given name if Jira has exactly this spelling, or else Jira's spelling; empty if there is no such status. */
    Optional<String> spelled(String name) {
        List<String> names = all.stream().map(JiraStatus::name).toList();
        return names.stream().filter(name::equals).findFirst().or(() -> names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst());
    }

    /** The ids of the statuses with exactly this name. */
    List<String> ids(String name) {
        return all.stream()
                .filter(status -> status.name().equals(name))
                .map(JiraStatus::id)
                .distinct()
                .toList();
    }
}
