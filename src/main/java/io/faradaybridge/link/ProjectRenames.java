package io.faradaybridge.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.KnownProjects;
import io.faradaybridge.configuration.KnownProjects.Known;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraProject;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows Jira when it gives a configured project another key. Jira's answers hold the id beside the key. If the id is
 * configured under another key, that key is changed in Faraday's configuration row and in the bridge's rows, once, by
 * the replica that notices it first. An issue that was moved has the id of its new project and is not affected.
 */
@Component
public class ProjectRenames {

    private static final String BRIDGE = "faraday-jira-bridge";

    private final KnownProjects known;
    private final IntegrationConfiguration row;
    private final IntegrationConfigurationSource configuration;
    private final RenamedKeys keys;
    private final JiraClient jira;
    private final JiraRequests requests;
    private final SetupAudit audit;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final AtomicBoolean behind = new AtomicBoolean(true);

    ProjectRenames(
            KnownProjects known,
            IntegrationConfiguration row,
            IntegrationConfigurationSource configuration,
            RenamedKeys keys,
            JiraClient jira,
            JiraRequests requests,
            SetupAudit audit,
            Activity activity,
            TransactionOperations transaction) {
        this.known = known;
        this.row = row;
        this.configuration = configuration;
        this.keys = keys;
        this.jira = jira;
        this.requests = requests;
        this.audit = audit;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** Called with the projects of an answer of Jira. @return whether the configuration was changed */
    public boolean notice(Collection<IssueSnapshot> issues) {
        Map<String, String> keyById = new TreeMap<>();
        issues.forEach(issue -> keyById.put(issue.projectId(), issue.projectKey()));
        boolean followed = false;
        for (Map.Entry<String, String> project : keyById.entrySet()) {
            followed |= notice(project.getKey(), project.getValue());
        }
        return followed;
    }

    /** Called with one project; the id of a configured project is saved. */
    public boolean notice(String projectId, String projectKey) {
        IntegrationSettings settings = configuration.current();
        Optional<Known> recorded = known.byId(settings.url(), projectId);
        if (recorded.isEmpty()) {
            if (settings.projects().containsKey(projectKey) && !projectId.isEmpty()) {
                known.learn(settings.url(), projectId, projectKey, List.of());
            }
            return false;
        }
        return !recorded.get().key().equalsIgnoreCase(projectKey)
                && follow(settings, recorded.get().key(), projectId, projectKey);
    }

    /**
     * Whether an issue with a new key is still in the same project, which Jira has given a new key. Jira is asked about
     * the link's project if its id is not stored.
     *
     * @throws JiraFailure if Jira cannot be asked
     */
    boolean stayed(String linksProject, IssueSnapshot issue) {
        notice(issue.projectId(), issue.projectKey());
        if (isCalled(linksProject, issue.projectKey())) {
            return true;
        }
        IntegrationSettings settings = configuration.current();
        boolean unknown = settings.projects().containsKey(linksProject)
                && known.all(settings.url()).stream()
                        .noneMatch(project -> project.key().equals(linksProject));
        return unknown && ask(linksProject).isPresent() && isCalled(linksProject, issue.projectKey());
    }

    private boolean isCalled(String projectKey, String now) {
        return configuration
                .current()
                .project(projectKey)
                .map(ProjectSettings::key)
                .filter(now::equals)
                .isPresent();
    }

    /**
     * Asks Jira for the present key of a configured project, by its id if that is stored, and saves the id. A new key
     * is followed.
     *
     * @return empty if Jira does not show the project to the bridge's account
     * @throws JiraFailure if Jira cannot be asked
     */
    public Optional<JiraProject> ask(String configuredKey) {
        IntegrationSettings settings = configuration.current();
        List<Known> before = known.all(settings.url());
        Optional<JiraProject> found = before.stream()
                .filter(project -> project.key().equals(configuredKey))
                .findFirst()
                .flatMap(project -> read(project.id()))
                .or(() -> read(configuredKey));
        found.ifPresent(project -> {
            if (project.key().equalsIgnoreCase(configuredKey)) {
                known.learn(settings.url(), project.id(), configuredKey, before);
            } else if (!isOnRecord(settings, project)) {
                known.learn(settings.url(), project.id(), configuredKey, before);
                follow(settings, configuredKey, project.id(), project.key());
            }
        });
        return found;
    }

    private boolean isOnRecord(IntegrationSettings settings, JiraProject project) {
        return known.byId(settings.url(), project.id())
                .filter(recorded -> recorded.key().equals(project.key()))
                .isPresent();
    }

    private Optional<JiraProject> read(String idOrKey) {
        try {
            return Optional.of(
                    JiraReader.project(jira.send(requests.project(idOrKey)).body()));
        } catch (JiraFailure failure) {
            if (failure.refusedOrGone()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Whether Jira has given the project another key; false if Jira cannot be asked. */
    public boolean isRenamed(String projectKey) {
        if (configuration.current().projects().containsKey(projectKey)) {
            try {
                ask(projectKey);
            } catch (JiraFailure untold) {
                return false;
            }
        }
        return configuration
                .current()
                .project(projectKey)
                .filter(project -> !project.key().equals(projectKey))
                .isPresent();
    }

    /** Saves the id of a project whose key Jira has just confirmed. */
    public void learn(JiraProject project) {
        known.learn(configuration.current().url(), project.id(), project.key());
    }

    private boolean follow(IntegrationSettings settings, String from, String id, String to) {
        if (settings.observes()) {
            return false; // while the bridge observes, Faraday's row belongs to the other integration
        }
        if (!settings.projects().containsKey(from)) {
            known.learn(settings.url(), id, to); // the project was removed from the configuration
            return false;
        }
        boolean both = settings.projects().containsKey(to);
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!known.rename(settings.url(), id, from, to)) {
                return false;
            }
            if (!both) {
                row.change(value -> rename(value, from, to), null);
                JsonNodeFactory json = JsonNodeFactory.instance;
                audit.record(
                        null, BRIDGE, "projects." + from + ", renamed in Jira", json.textNode(from), json.textNode(to));
            }
            int links = keys.project(from, to);
            activity.record(
                    Outcome.RENAMED,
                    UUID.randomUUID().toString(),
                    null,
                    null,
                    "Jira has changed the key of project " + from + " (id " + id + ") to " + to + ": its " + links
                            + " links and its exports now use this key"
                            + (both
                                    ? ", by the configuration of " + to + "; " + from
                                            + " is configured too, remove it with DELETE projects/" + from
                                    : ", and so does its configuration"),
                    null);
            return true;
        }));
        configuration.changed();
        behind.set(true);
        return mine;
    }

    private static void rename(ObjectNode value, String from, String to) {
        if (value.path("project_key").asText("").strip().equals(from)) {
            value.put("project_key", to);
        }
        if (value.path("projects") instanceof ObjectNode projects) {
            ObjectNode renamed = JsonNodeFactory.instance.objectNode();
            projects.properties()
                    .forEach(project -> renamed.set(
                            project.getKey().strip().equals(from) ? to : project.getKey(), project.getValue()));
            value.set("projects", renamed);
        }
    }

    /**
     * Updates the keys of issues, and rows that another replica has written under a former key; cheap if there are
     * none.
     */
    public void catchUp() {
        IntegrationSettings settings = configuration.current();
        if (settings.observes() || !behind.getAndSet(false)) {
            return;
        }
        boolean done = false;
        try {
            for (Known project : known.all(settings.url())) {
                for (String former : project.formerKeys()) {
                    if (!settings.projects().containsKey(former)) {
                        keys.project(former, project.key());
                        keys.issues(former, project.key());
                    }
                }
            }
            done = true;
        } finally {
            if (!done) {
                behind.set(true);
            }
        }
    }

    /** Another replica may have noticed a new key or written a row under the former one. */
    public void mayBeBehind() {
        behind.set(true);
    }
}
