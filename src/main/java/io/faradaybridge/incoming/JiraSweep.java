package io.faradaybridge.incoming;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSwitches;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.IssuesFound;
import io.faradaybridge.jira.client.IssueLookup;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.UnseenDrives;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Asks Jira which issues changed since the last complete sweep. It only leaves hints, because the statuses come from a
 * search index. It runs at start, when a project becomes active or asks what a pause has left, and every
 * {@code bridge.sweep.interval}, on one replica at a time.
 */
@Component("jiraSweep")
class JiraSweep {

    private static final Logger log = LoggerFactory.getLogger(JiraSweep.class);

    private final SweepWatermarks watermarks;
    private final Hints hints;
    private final SweptProjects swept;
    private final UnseenDrives drives;
    private final IntegrationConfigurationSource configuration;
    private final ProjectSwitches switches;
    private final JiraClient jira;
    private final IssueLookup lookup;
    private final JiraAvailability availability;
    private final BridgeSettings.Sweep settings;
    private final Activity activity;
    private final ApplicationEventPublisher events;
    private boolean sweptHere;
    private boolean incomplete;
    private long triedAtNanos;
    private long hiddenAskedNanos = System.nanoTime();

    JiraSweep(
            SweepWatermarks watermarks,
            Hints hints,
            SweptProjects swept,
            UnseenDrives drives,
            IntegrationConfigurationSource configuration,
            ProjectSwitches switches,
            JiraClient jira,
            IssueLookup lookup,
            JiraAvailability availability,
            Activity activity,
            ApplicationEventPublisher events,
            BridgeSettings settings) {
        this.watermarks = watermarks;
        this.hints = hints;
        this.swept = swept;
        this.drives = drives;
        this.configuration = configuration;
        this.switches = switches;
        this.jira = jira;
        this.lookup = lookup;
        this.availability = availability;
        this.activity = activity;
        this.events = events;
        this.settings = settings.sweep();
    }

    /** @return the links to look at now; their hints are already stored */
    public synchronized List<LinkHint> sweep() {
        swept.catchUp();
        Collection<String> projects =
                new TreeSet<>(swept.shown(configuration.current().keysAtWork()));
        if (!availability.available() || waitsAfterAnIncompleteOne()) {
            return List.of();
        }
        if (projects.isEmpty()) {
            askAboutHidden();
            return List.of();
        }
        boolean atOnce = !sweptHere || (!configuration.current().closed().isEmpty() && switches.awaitSweep(projects));
        Optional<SweepWatermarks.Claim> claim =
                watermarks.claim(projects, atOnce ? Duration.ZERO : settings.interval());
        if (claim.isEmpty()) {
            return List.of();
        }
        try {
            String correlationId = "sweep-" + UUID.randomUUID();
            CorrelationId.become(correlationId);
            List<LinkHint> found = new ArrayList<>(seeDrives(projects, correlationId));
            watermarks.complete(ask(projects, claim.get(), found, correlationId), claim.get());
            swept.askAboutHidden();
            sweptHere = true;
            incomplete = false;
            hints.forgetUnlinked();
            return found;
        } catch (JiraFailure failure) {
            // that Jira as a whole is away is logged once, where it is noticed first
            log.atLevel(failure.wholeSite() ? Level.DEBUG : Level.WARN)
                    .log(
                            "The sweep of Jira was not completed; it will be repeated from the same time: {}",
                            failure.getMessage());
            if (!failure.wholeSite()) {
                reportOnce(failure);
            }
            return List.of();
        }
    }

    /** Where Jira shows none of the projects, there is nothing to search, and no sweep that asks about them. */
    private void askAboutHidden() {
        if (System.nanoTime() - hiddenAskedNanos < settings.interval().toNanos()) {
            return;
        }
        hiddenAskedNanos = System.nanoTime();
        try {
            swept.askAboutHidden();
        } catch (JiraFailure failure) {
            log.debug("Jira could not be asked about hidden projects: {}", failure.getMessage());
        }
    }

    /** A search that Jira refuses, or whose result never ends, is not repeated before the interval has passed. */
    private boolean waitsAfterAnIncompleteOne() {
        return incomplete
                && System.nanoTime() - triedAtNanos < settings.interval().toNanos();
    }

    private void reportOnce(JiraFailure failure) {
        triedAtNanos = System.nanoTime();
        if (!incomplete) {
            incomplete = true;
            activity.record(
                    Outcome.POSTPONED,
                    "sweep-" + UUID.randomUUID(),
                    null,
                    null,
                    "Jira did not return all changes; those that it returned are worked on, and the search is"
                            + " repeated every "
                            + settings.interval().toSeconds() + " s: " + failure.getMessage(),
                    null);
        }
    }

    /**
     * Searches all projects. Jira refuses the whole search if it does not show one of the projects; then the others are
     * searched.
     *
     * @param found is added to
     * @return the projects that were searched, by their present keys
     */
    private Collection<String> ask(
            Collection<String> projects, SweepWatermarks.Claim claim, List<LinkHint> found, String correlationId) {
        Set<String> searched = swept.known(projects);
        try {
            search(searched, claim, found, correlationId);
            return searched;
        } catch (JiraFailure failure) {
            if (failure.kind() != JiraFailure.Kind.REFUSED) {
                throw failure;
            }
            Set<String> shown = swept.ask(searched);
            if (shown.equals(searched) || shown.isEmpty()) {
                throw failure;
            }
            search(shown, claim, found, correlationId);
            return shown;
        }
    }

    private void search(
            Collection<String> projects, SweepWatermarks.Claim claim, List<LinkHint> found, String correlationId) {
        String jql = "project in (" + String.join(",", swept.inJql(projects)) + ") AND updated >= -" + minutes(claim)
                + "m ORDER BY updated ASC";
        jira.search(jql, List.of("status", "project", "issuetype", "updated"), (issues, at) -> {
            swept.notice(issues);
            events.publishEvent(new IssuesFound(issues, at));
            found.addAll(
                    hints.fromSweep(issues, new SweepTime(at, settings.overlap())::ageIfFoundAgain, correlationId));
        });
    }

    /**
     * L15: looks for the issues with an unseen drive, in one search with their histories, however long ago the drive
     * was.
     */
    private List<LinkHint> seeDrives(Collection<String> projects, String correlationId) {
        List<IssueLink> waiting = drives.waiting(projects);
        List<IssueSnapshot> indexed =
                lookup.histories(waiting.stream().map(IssueLink::issueId).toList());
        return drives.swept(waiting, indexed, correlationId);
    }

    /** A relative time, since for an absolute one the bridge would have to guess Jira's clock and time zone. */
    private long minutes(SweepWatermarks.Claim claim) {
        Duration back = Duration.between(claim.since(), claim.started()).plus(settings.overlap());
        return Math.max(1, back.plusSeconds(59).toMinutes());
    }
}
