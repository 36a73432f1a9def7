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
import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProject;
import io.faradaybridge.jira.JiraReader;
import io.faradaybridge.jira.JiraRequests;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows Jira where it gives a configured project another key. Jira's answers name the id beside the key: where the id is
 * configured under another key, that key is changed in Faraday's configuration row and in all that hangs on it, once, whoever
 * notices first. An issue that was moved to another project has that one's id, and is none of this.
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

    /** To be called with projects as an answer of Jira names them. @return whether the configuration is another one now */
    public boolean notice(Collection<IssueSnapshot> issues) {
        Map<String, String> keyById = new TreeMap<>();
        issues.forEach(issue -> keyById.put(issue.projectId(), issue.projectKey()));
        boolean followed = false;
        for (Map.Entry<String, String> project : keyById.entrySet()) {
            followed |= notice(project.getKey(), project.getValue());
        }
        return followed;
    }

    /** The same of one project; the id of one that is configured is remembered. */
    public boolean notice(String projectId, String projectKey) {
        IntegrationSettings settings = configuration.current();
        Optional<Known> recorded = known.byId(settings.url(), projectId);
        if (recorded.isEmpty()) {
            if (settings.projects().containsKey(projectKey) && !projectId.isEmpty()) {
                known.learn(settings.url(), projectId, projectKey);
            }
            return false;
        }
        return !recorded.get().key().equalsIgnoreCase(projectKey)
                && follow(settings, recorded.get().key(), projectId, projectKey);
    }

    /**
     * Whether an issue that answers with another key is where it was, in a project that Jira calls otherwise now. Jira is asked
     * about the link's project where its id is not on record.
     *
     * @throws JiraFailure where it cannot be asked
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
     * Asks Jira what it calls a configured project, by the id where that is on record, and remembers the id. Where it has
     * another key, that is followed.
     *
     * @return empty: Jira does not show it to our account
     * @throws JiraFailure where it cannot be asked
     */
    public Optional<JiraProject> ask(String configuredKey) {
        IntegrationSettings settings = configuration.current();
        Optional<JiraProject> found = known.all(settings.url()).stream()
                .filter(project -> project.key().equals(configuredKey))
                .findFirst()
                .flatMap(project -> read(project.id()))
                .or(() -> read(configuredKey));
        found.ifPresent(project -> {
            if (project.key().equalsIgnoreCase(configuredKey)) {
                known.learn(settings.url(), project.id(), configuredKey);
            } else if (!isOnRecord(settings, project)) {
                known.learn(settings.url(), project.id(), configuredKey);
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

    /** Whether the project goes on under another key than this one; asks Jira, and if it does not tell, then not. */
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

    /** Set-up is saved under this key, which Jira has just confirmed. */
    public void learn(JiraProject project) {
        known.learn(configuration.current().url(), project.id(), project.key());
    }

    private boolean follow(IntegrationSettings settings, String from, String id, String to) {
        if (settings.observes()) {
            return false; // Faraday's row is another integration's
        }
        if (!settings.projects().containsKey(from)) {
            known.learn(settings.url(), id, to); // it was taken out
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
                    "Jira calls project " + from + " (id " + id + ") " + to + " now: its " + links
                            + " links and its exports go on under that key"
                            + (both
                                    ? ", by the configuration of " + to + "; " + from
                                            + " is configured too, take it out with DELETE projects/" + from
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

    /** Issues' keys, and what another replica has written under a former key since; cheap while nothing is behind. */
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

    /** Another replica may have noticed, or written something under a former key in that moment. */
    public void mayBeBehind() {
        behind.set(true);
    }
}
