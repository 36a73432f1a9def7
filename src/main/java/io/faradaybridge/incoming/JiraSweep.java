package io.faradaybridge.incoming;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraAvailability;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.SearchPage;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.project.IntegrationConfigurationSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Jira which issues changed since the last complete sweep. It only hints: its status comes from a search index. At
 * start, when a project comes to work (again), and every {@code bridge.sweep.interval}; on one replica at a time.
 */
@Component("jiraSweep")
class JiraSweep {

    private static final Logger log = LoggerFactory.getLogger(JiraSweep.class);

    private final SweepWatermarks watermarks;
    private final Hints hints;
    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JiraAvailability availability;
    private final BridgeSettings.Sweep settings;
    private boolean sweptHere;

    JiraSweep(
            SweepWatermarks watermarks,
            Hints hints,
            IntegrationConfigurationSource configuration,
            JiraClient jira,
            JiraAvailability availability,
            BridgeSettings settings) {
        this.watermarks = watermarks;
        this.hints = hints;
        this.configuration = configuration;
        this.jira = jira;
        this.availability = availability;
        this.settings = settings.sweep();
    }

    /** @return the links to look at now; their hints are stored already */
    public synchronized List<LinkHint> sweep() {
        Collection<String> projects = new TreeSet<>(configuration.current().keysAtWork());
        if (projects.isEmpty() || !availability.available()) {
            return List.of();
        }
        Optional<SweepWatermarks.Claim> claim =
                watermarks.claim(projects, sweptHere ? settings.interval() : Duration.ZERO);
        if (claim.isEmpty()) {
            return List.of();
        }
        try {
            List<LinkHint> found = ask(projects, claim.get());
            watermarks.complete(projects, claim.get());
            sweptHere = true;
            hints.forgetUnlinked();
            return found;
        } catch (JiraFailure failure) {
            log.warn(
                    "The sweep of Jira was not completed and starts where it did, in a moment: {}",
                    failure.getMessage());
            return List.of();
        }
    }

    private List<LinkHint> ask(Collection<String> projects, SweepWatermarks.Claim claim) {
        String correlationId = "sweep-" + UUID.randomUUID();
        String jql = "project in ("
                + projects.stream()
                        .map(key -> '"' + key.replace("\"", "") + '"')
                        .collect(Collectors.joining(","))
                + ") AND updated >= -" + minutes(claim) + "m ORDER BY updated ASC";
        List<LinkHint> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            SearchPage page = jira.search(jql, List.of("status", "project", "issuetype"), next);
            List<IssueSnapshot> issues = page.issues();
            found.addAll(hints.fromSweep(issues, correlationId));
            next = page.next();
        } while (next != null);
        return found;
    }

    /** Relative to Jira's own clock and zone, which an absolute time would have to guess. */
    private long minutes(SweepWatermarks.Claim claim) {
        Duration back = Duration.between(claim.since(), claim.started()).plus(settings.overlap());
        return Math.max(1, back.plusSeconds(59).toMinutes());
    }

    /** For health pages. */
    Optional<Instant> lastComplete() {
        return watermarks.oldest(configuration.current().keysAtWork());
    }
}
