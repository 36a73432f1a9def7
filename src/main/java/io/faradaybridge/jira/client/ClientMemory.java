package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.JiraProject;
import io.faradaybridge.jira.answers.Myself;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Facts of Jira that hardly change. Flows and users of the API have separate ones, because a user would otherwise wait
 * for a flow's slow call.
 */
record ClientMemory(
        ExpiringCache<JiraSite, Myself> selves,
        ExpiringCache<JiraSite, JiraKind> kinds,
        ExpiringCache<JiraSite, List<JiraProject>> projects,
        ExpiringCache<ClientMemory.ProjectType, CreateMeta> metas,
        ExpiringCache<ClientMemory.ProjectType, JiraStatus> initials) {

    static ClientMemory empty() {
        Clock clock = Clock.systemUTC();
        return new ClientMemory(
                new ExpiringCache<>(Duration.ofMinutes(5), clock),
                new ExpiringCache<>(Duration.ofHours(1), clock),
                new ExpiringCache<>(Duration.ofMinutes(1), clock),
                new ExpiringCache<>(Duration.ofMinutes(10), clock),
                new ExpiringCache<>(Duration.ofHours(1), clock));
    }

    record ProjectType(JiraSite site, String projectKey, String issueType) {}
}
