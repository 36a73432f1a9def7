package io.faradaybridge.setup.steps;

import io.faradaybridge.activity.WebhookResults;
import io.faradaybridge.configuration.HiddenProjects;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.Ownership;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.UserTokens;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.ProjectWebhooks;
import io.faradaybridge.secrets.Secrets;
import io.faradaybridge.setup.steps.Step.Code;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out how far the set-up is, by what is stored and what this process knows; Jira is not asked. */
@Component
public class FirstSteps {

    private final JiraAccount account;
    private final JiraAvailability availability;
    private final Ownership ownership;
    private final HiddenProjects hidden;
    private final UserTokens tokens;
    private final Secrets secrets;
    private final WebhookResults received;
    private final ProjectWebhooks webhooks;
    private final JdbcClient jdbc;

    FirstSteps(
            JiraAccount account,
            JiraAvailability availability,
            Ownership ownership,
            HiddenProjects hidden,
            UserTokens tokens,
            Secrets secrets,
            WebhookResults received,
            ProjectWebhooks webhooks,
            JdbcClient jdbc) {
        this.account = account;
        this.availability = availability;
        this.ownership = ownership;
        this.hidden = hidden;
        this.tokens = tokens;
        this.secrets = secrets;
        this.received = received;
        this.webhooks = webhooks;
        this.jdbc = jdbc;
    }

    /** @param missing what the projects lack, by key */
    public List<Step> of(IntegrationSettings settings, Map<String, List<String>> missing) {
        Collection<ProjectSettings> all = settings.projects().values();
        List<ProjectSettings> active =
                all.stream().filter(ProjectSettings::active).toList();
        boolean heard =
                received.report().lastAt() != null || webhooks.lastAccepted().isPresent();
        return List.of(
                connection(settings),
                authorization(settings),
                project(all, active),
                active.isEmpty() ? issueTypeOfAny(all, missing) : issueTypeOfAll(active, missing),
                mapping(all, active),
                active(all, active, missing),
                enabled(settings),
                webhookToken(heard),
                webhook(heard),
                export());
    }

    private static Step connection(IntegrationSettings settings) {
        return settings.url().isEmpty()
                ? Step.open(Code.CONNECTION, "Jira's address is not set")
                : Step.done(Code.CONNECTION);
    }

    private Step authorization(IntegrationSettings settings) {
        if (settings.url().isEmpty()) {
            return Step.open(Code.AUTHORIZATION, "there are no credentials");
        }
        try {
            account.site();
        } catch (JiraFailure unusable) {
            return unusable.problem() == JiraProblem.NOT_CONNECTED
                    ? Step.open(Code.AUTHORIZATION, "there are no credentials")
                    : Step.failing(Code.AUTHORIZATION, String.valueOf(unusable.getMessage()));
        }
        if (!List.of("", "authorized").contains(settings.authorizationState())) {
            return Step.failing(
                    Code.AUTHORIZATION,
                    "the connection is not authorised (its state is '" + settings.authorizationState() + "')");
        }
        JiraAvailability.Report jira = availability.report();
        return jira.since() == null
                ? Step.done(Code.AUTHORIZATION)
                : Step.failing(Code.AUTHORIZATION, "Jira cannot be used: " + jira.reason());
    }

    private Step project(Collection<ProjectSettings> all, List<ProjectSettings> active) {
        if (all.isEmpty()) {
            return Step.open(Code.PROJECT, "no project is chosen");
        }
        Set<String> gone = active.isEmpty() ? Set.of() : hidden.all();
        return active.stream()
                .map(ProjectSettings::key)
                .filter(gone::contains)
                .findFirst()
                .map(key -> Step.failing(
                                Code.PROJECT,
                                "Jira does not show project " + key + " to the bridge's account: it was deleted or"
                                        + " archived, or the account has lost the permission Browse Projects. Restore"
                                        + " it in Jira, or remove it here")
                        .of(key))
                .orElseGet(() -> Step.done(Code.PROJECT));
    }

    /** While no project is active, one that could be is enough. */
    private static Step issueTypeOfAny(Collection<ProjectSettings> projects, Map<String, List<String>> missing) {
        List<ProjectSettings> configured =
                projects.stream().filter(FirstSteps::configured).toList();
        if (configured.isEmpty()) {
            Step open = Step.open(Code.ISSUE_TYPE, "no project has an issue type");
            return projects.stream()
                    .findFirst()
                    .map(project -> open.of(project.key()))
                    .orElse(open);
        }
        return configured.stream().anyMatch(project -> lacks(project, missing).isEmpty())
                ? Step.done(Code.ISSUE_TYPE)
                : issueTypeOfAll(configured, missing);
    }

    private static Step issueTypeOfAll(Collection<ProjectSettings> projects, Map<String, List<String>> missing) {
        return projects.stream()
                .flatMap(project -> lacks(project, missing).stream()
                        .map(lack -> Step.failing(Code.ISSUE_TYPE, project.key() + ": " + lack)
                                .of(project.key())))
                .findFirst()
                .orElseGet(() -> Step.done(Code.ISSUE_TYPE));
    }

    private static boolean configured(ProjectSettings project) {
        return !project.issueTypes().isEmpty();
    }

    private static List<String> lacks(ProjectSettings project, Map<String, List<String>> missing) {
        return configured(project)
                ? missing.getOrDefault(project.key(), List.of())
                : List.of("it has no issue type, so nothing can be exported to it");
    }

    /** An active project without a mapping works by halves; one that is not active yet may still get it. */
    private static Step mapping(Collection<ProjectSettings> all, List<ProjectSettings> active) {
        if (all.isEmpty()) {
            return Step.open(Code.MAPPING, "no status is mapped");
        }
        List<String> unmapped = (active.isEmpty() ? all : active)
                .stream()
                        .filter(project -> project.mapping().incoming().isEmpty()
                                && project.mapping().outgoing().isEmpty())
                        .map(ProjectSettings::key)
                        .toList();
        if (unmapped.isEmpty()) {
            return Step.done(Code.MAPPING);
        }
        String reason = "no status of " + String.join(", ", unmapped) + " is mapped, so neither side follows the other";
        return (active.isEmpty() ? Step.open(Code.MAPPING, reason) : Step.failing(Code.MAPPING, reason))
                .of(unmapped.get(0));
    }

    private static Step active(
            Collection<ProjectSettings> all, List<ProjectSettings> active, Map<String, List<String>> missing) {
        if (!active.isEmpty()) {
            return Step.done(Code.ACTIVE);
        }
        Step open = Step.open(Code.ACTIVE, "no project is active");
        return all.stream()
                .min(Comparator.comparing(project -> !lacks(project, missing).isEmpty()))
                .map(project -> open.of(project.key()))
                .orElse(open);
    }

    private Step enabled(IntegrationSettings settings) {
        if (!settings.enabled()) {
            return Step.open(Code.ENABLED, "the integration is switched off");
        }
        Ownership.ObserveState state = ownership.state();
        return state.observing()
                ? Step.open(Code.ENABLED, "the bridge only observes: " + state.why())
                : Step.done(Code.ENABLED);
    }

    private Step webhookToken(boolean heard) {
        if (tokens.anyValid() || secrets.has(Secrets.WEBHOOK)) {
            return Step.done(Code.WEBHOOK_TOKEN);
        }
        return heard
                ? Step.failing(
                        Code.WEBHOOK_TOKEN, "every token of scope Jira has expired or is revoked, and no secret is set")
                : Step.open(Code.WEBHOOK_TOKEN, "there is no token that Jira could send");
    }

    private Step webhook(boolean heard) {
        if (heard) {
            return webhooks.missed()
                    .map(project -> Step.failing(
                            Code.WEBHOOK,
                            "a status in " + project
                                    + " changed after its last webhook, and no webhook came: check in Jira that the"
                                    + " rule is enabled, and its audit log"))
                    .orElseGet(() -> Step.done(Code.WEBHOOK));
        }
        Map<String, Long> refused = received.report().others();
        return refused.isEmpty()
                ? Step.open(Code.WEBHOOK, "no webhook has arrived yet")
                : Step.failing(
                        Code.WEBHOOK,
                        "Jira's webhooks are refused: "
                                + refused.entrySet().stream()
                                        .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                                        .collect(Collectors.joining(", ")));
    }

    private record First(boolean linked, Optional<String> refused) {}

    private Step export() {
        First first = jdbc.sql("""
            SELECT l.linked,
                   CASE WHEN NOT l.linked THEN
                     (SELECT i.reason FROM faraday_bridge.export_item i
                       WHERE i.state = 'refused' ORDER BY i.id DESC LIMIT 1) END AS refused
              FROM (SELECT EXISTS (SELECT FROM faraday_bridge.issue_link) AS linked) l""")
                .query((row, n) -> new First(row.getBoolean("linked"), Optional.ofNullable(row.getString("refused"))))
                .single();
        if (first.linked()) {
            return Step.done(Code.EXPORT);
        }
        return first.refused()
                .map(reason -> Step.failing(Code.EXPORT, "the last export was refused: " + reason))
                .orElseGet(() -> Step.open(Code.EXPORT, "no vulnerability has an issue yet"));
    }
}
