package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Caches the transitions from a status. All issues of a type and project share a workflow, so the transitions of one
 * issue are used for the others, and a status change costs one call. If conditions make an issue differ, Jira refuses;
 * then the entry is removed and Jira is asked again.
 */
@Component
public class Transitions {

    private record Key(JiraSite site, String projectKey, String issueType, String statusId) {}

    private final ExpiringCache<Key, List<Transition>> remembered =
            new ExpiringCache<>(Duration.ofMinutes(10), Clock.systemUTC());
    private final JiraAccount account;

    Transitions(JiraAccount account) {
        this.account = account;
    }

    /** The cached transitions of such issues in that status; empty if Jira must be asked. */
    public Optional<List<Transition>> cached(String projectKey, String issueType, JiraStatus from) {
        return remembered.peek(key(projectKey, issueType, from));
    }

    public void remember(String projectKey, String issueType, JiraStatus from, List<Transition> offered) {
        remembered.put(key(projectKey, issueType, from), List.copyOf(offered));
    }

    /** Called when Jira refused a cached transition. */
    public void forget(String projectKey, String issueType, JiraStatus from) {
        remembered.forget(key(projectKey, issueType, from));
    }

    private Key key(String projectKey, String issueType, JiraStatus from) {
        return new Key(account.site(), projectKey, issueType, from.id().isEmpty() ? from.name() : from.id());
    }
}
