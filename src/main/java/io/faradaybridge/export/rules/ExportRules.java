package io.faradaybridge.export.rules;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.export.ExportAccount;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.lease.Leases;
import io.faradaybridge.link.VulnerabilityNamed;
import io.faradaybridge.web.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Works on the enabled rules: finds what they match and reserves it like any export, so that a vulnerability never gets
 * two issues (E1). If the process dies between the two, the next turns find the same again.
 */
@Component
class ExportRules {

    private static final String LEASE = "export-rules";
    private static final Duration LEASE_TIME = Duration.ofSeconds(30);
    private static final Duration LEASE_RENEWED = Duration.ofSeconds(10);

    /** The transaction of the sender of a message may still be open so long. */
    private static final Duration NAMED_KEPT = Duration.ofSeconds(10);

    static final String WHO = "Export rules";

    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;
    private final ExportAccount account;
    private final RuleTerms terms;
    private final RuleRows rows;
    private final RuleSearch search;
    private final ExportReservation reservation;
    private final Leases leases;
    private final Activity activity;
    private final TransactionOperations transaction;
    private long leasedAt = System.nanoTime() - LEASE_TIME.toNanos();

    ExportRules(
            IntegrationConfigurationSource configuration,
            JiraAvailability availability,
            ExportAccount account,
            RuleTerms terms,
            RuleRows rows,
            RuleMatching matching,
            ExportReservation reservation,
            Leases leases,
            Activity activity,
            TransactionOperations transaction) {
        this.configuration = configuration;
        this.availability = availability;
        this.account = account;
        this.terms = terms;
        this.rows = rows;
        this.search = new RuleSearch(matching, System::nanoTime);
        this.reservation = reservation;
        this.leases = leases;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** Vulnerabilities that a project's rule matches, in ascending order. */
    record Match(ProjectSettings project, List<Integer> vulnerabilityIds, FaradayUser user) {}

    /** Remembers the vulnerability for the replica that works on the rules. */
    @EventListener
    void named(VulnerabilityNamed named) {
        if (!named.linked() && !enabled().isEmpty()) {
            rows.name(named.vulnerabilityId());
        }
    }

    /** Called by the route: the matches of this turn, one for each project. */
    synchronized List<Match> find() {
        Map<String, ProjectSettings> projects = enabled();
        if (projects.isEmpty() || !availability.available() || !leased()) {
            return List.of();
        }
        FaradayUser user;
        try {
            user = account.orElseThrow(WHO, IllegalStateException::new);
        } catch (IllegalStateException refused) {
            activity.recordHourly(
                    Outcome.IGNORED,
                    correlation(),
                    "the export rules are not worked on: ",
                    String.valueOf(refused.getMessage()));
            return List.of();
        }
        List<Integer> named = rows.named();
        Map<Integer, String> found = search.next(terms.of(projects.values(), user), named);
        rows.forgetNamed(named.stream().filter(id -> !found.containsKey(id)).toList(), NAMED_KEPT);
        List<Match> matches = new ArrayList<>();
        projects.forEach((key, project) -> {
            List<Integer> ids = found.entrySet().stream()
                    .filter(match -> match.getValue().equals(key))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!ids.isEmpty()) {
                matches.add(new Match(project, ids, user));
            }
        });
        return matches;
    }

    /** Called by the route for each match: reserves as much as the limit allows. @return whether anything was reserved */
    boolean reserve(Match match) {
        ProjectSettings project = match.project();
        String rule = "the export rule of project " + project.key() + " ";
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                if (!leases.take(
                        LEASE, LEASE_TIME)) { // the row stays locked, so that replicas count one after the other
                    return false;
                }
                int limit = project.exportRule().limitPerHour();
                long free = Math.max(0, limit - rows.exportedLastHour(project.key()));
                List<Integer> now =
                        match.vulnerabilityIds().stream().limit(free).toList();
                if (!now.isEmpty()) {
                    reservation.reserveByRule(now, project, match.user());
                }
                if (now.size() < match.vulnerabilityIds().size()) {
                    activity.recordHourly(
                            Outcome.POSTPONED,
                            correlation(),
                            rule + "waits: ",
                            "it has made as many exports within an hour as its limit_per_hour allows (" + limit
                                    + "); GET status says how many vulnerabilities wait");
                }
                rows.forgetNamed(match.vulnerabilityIds(), Duration.ZERO);
                return !now.isEmpty();
            }));
        } catch (InvalidRequest refused) {
            activity.recordHourly(Outcome.REFUSED, correlation(), rule + "cannot export: ", refused.text());
            return false;
        }
    }

    private Map<String, ProjectSettings> enabled() {
        IntegrationSettings settings = configuration.current();
        return settings.projectsAtWork(
                project -> project.exportRule().enabled() && settings.open(project.key(), Direction.EXPORT));
    }

    /** Renewed only now and then, since each renewal writes a row. */
    private boolean leased() {
        if (System.nanoTime() - leasedAt < LEASE_RENEWED.toNanos()) {
            return true;
        }
        if (!leases.take(LEASE, LEASE_TIME)) {
            return false;
        }
        leasedAt = System.nanoTime();
        return true;
    }

    private static String correlation() {
        return "rule-" + UUID.randomUUID();
    }
}
