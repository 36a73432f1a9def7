package io.faradaybridge.jira;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The ways out of a status. All issues of a type and project share their workflow, so what one was offered is remembered for the
 * others: a warm status change costs one call. Conditions may make an issue differ; then Jira refuses, and who was refused forgets
 * and asks again.
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

    /** What an issue of that kind was offered in that status lately; empty where it has to be asked. */
    public Optional<List<Transition>> cached(String projectKey, String issueType, JiraStatus from) {
        return remembered.peek(key(projectKey, issueType, from));
    }

    public void remember(String projectKey, String issueType, JiraStatus from, List<Transition> offered) {
        remembered.put(key(projectKey, issueType, from), List.copyOf(offered));
    }

    /** To be called when Jira disagreed. */
    public void forget(String projectKey, String issueType, JiraStatus from) {
        remembered.forget(key(projectKey, issueType, from));
    }

    private Key key(String projectKey, String issueType, JiraStatus from) {
        return new Key(account.site(), projectKey, issueType, from.id().isEmpty() ? from.name() : from.id());
    }
}
