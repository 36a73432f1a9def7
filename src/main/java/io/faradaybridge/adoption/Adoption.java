package io.faradaybridge.adoption;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.IssueLookup;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.LinkEndings;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.existing.ExistingIssues;
import io.faradaybridge.link.existing.UnadoptedKeys;
import io.faradaybridge.link.existing.UnadoptedKeys.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adopts, batch by batch, the issues that Faraday was linked to before. First it reads the pairs again that are due for
 * it: after a take-over all pairs, because the bridge must not undo earlier changes. Then it links keys that have no
 * link. Each batch saves its result in rows, so that an interrupted pass goes on at the same place on any replica. It
 * writes to the bridge's own schema. It changes Faraday's tables only to follow an issue that was moved, and not while
 * the bridge observes.
 */
@Component("adoption")
public class Adoption {

    private static final Logger log = LoggerFactory.getLogger(Adoption.class);
    private static final int RESTS = 100;

    private final AdoptionLease lease;
    private final AdoptedLinks links;
    private final UnadoptedKeys keys;
    private final ExistingIssues existing;
    private final IssueLookup jira;
    private final JiraAvailability availability;
    private final Vulnerabilities vulnerabilities;
    private final LinkEndings endings;
    private final ProjectRenames renames;
    private final IntegrationConfigurationSource configuration;
    private final TransactionOperations transaction;

    /**
     * When the next search may begin after one that found nothing, because a search reads all of Faraday's
     * vulnerabilities.
     */
    private long restUntil = System.nanoTime();

    private long lastTookNanos;

    private long afterLink;
    private int afterVulnerability;
    /** A hint came while the two sides of a link were read, so another round follows at once. */
    private boolean overtaken;

    Adoption(
            AdoptionLease lease,
            AdoptedLinks links,
            UnadoptedKeys keys,
            ExistingIssues existing,
            IssueLookup jira,
            JiraAvailability availability,
            Vulnerabilities vulnerabilities,
            LinkEndings endings,
            ProjectRenames renames,
            IntegrationConfigurationSource configuration,
            TransactionOperations transaction) {
        this.lease = lease;
        this.links = links;
        this.keys = keys;
        this.existing = existing;
        this.jira = jira;
        this.availability = availability;
        this.vulnerabilities = vulnerabilities;
        this.endings = endings;
        this.renames = renames;
        this.configuration = configuration;
        this.transaction = transaction;
    }

    /**
     * Searches that start by themselves take at most a hundredth of the time. A search that a user requests starts at
     * once.
     */
    public synchronized boolean due() {
        return System.nanoTime() >= restUntil;
    }

    /** Works on one batch. @return whether another should follow at once */
    public synchronized boolean step() {
        if (!availability.available() || !lease.take()) {
            return false;
        }
        long started = System.nanoTime();
        String problem = "an error interrupted it; see the log";
        boolean more = false;
        try {
            IntegrationSettings settings = configuration.current();
            more = readAnew(settings) || adopt(settings) || overtaken;
            problem = null;
        } catch (JiraFailure failure) {
            problem = String.valueOf(failure.getMessage());
            log.info("Adoption waits because Jira cannot be asked: {}", problem);
        } finally {
            if (!more) {
                afterLink = 0;
                afterVulnerability = 0;
                if (problem == null) {
                    rest(System.nanoTime() - started);
                }
                lease.release(problem);
            }
        }
        return more;
    }

    /** The pause follows the quicker of the last two searches, so that one slow search does not delay the next. */
    private void rest(long tookNanos) {
        restUntil = System.nanoTime() + RESTS * Math.min(tookNanos, lastTookNanos);
        lastTookNanos = tookNanos;
    }

    /** @return whether there was anything */
    private boolean readAnew(IntegrationSettings before) {
        IntegrationSettings settings = before;
        UUID token = UUID.randomUUID();
        if (overtaken) {
            overtaken = false;
            afterLink = 0;
        }
        List<IssueLink> batch = links.claimDue(token, settings.observes(), afterLink, IssueLookup.AT_ONCE);
        if (batch.isEmpty()) {
            return false;
        }
        try {
            IssueLookup.Found found =
                    jira.byId(batch.stream().map(IssueLink::issueId).toList());
            if (renames.notice(found.issues().values())) {
                settings = configuration.current();
            }
            for (IssueLink link : batch) {
                IssueSnapshot issue = found.issues().get(link.issueId());
                if (issue == null) {
                    links.passOver(link, token, settings.observes());
                } else {
                    readAnew(link, token, issue, settings);
                }
                afterLink = Math.max(afterLink, link.id());
            }
        } finally {
            links.release(token);
        }
        return true;
    }

    private void readAnew(IssueLink link, UUID token, IssueSnapshot issue, IntegrationSettings settings) {
        transaction.executeWithoutResult(status -> {
            if (!links.hold(link, token)) {
                return;
            }
            Optional<VulnerabilityState> locked = vulnerabilities.lock(link.vulnerabilityId());
            if (settings.observes() && endings.observed(link, locked.orElse(null), token.toString())) {
                return;
            }
            if (locked.filter(link::namedBy).isEmpty()) {
                links.passOver(link, token, settings.observes()); // the flow ends the link and records why
                return;
            }
            VulnerabilityState vulnerability = locked.orElseThrow();
            boolean follow =
                    !settings.observes() && vulnerability.workspaceActive() && !vulnerability.workspaceReadOnly();
            String key = follow ? issue.key() : link.issueKey();
            StatusPair shown = new StatusPair(vulnerability.status(), issue.status());
            boolean differs = ExistingIssues.differ(settings, issue.projectKey(), shown);
            if (!links.settle(link, token, shown, differs, key, issue.projectKey())) {
                overtaken = true;
            } else if (!key.equals(link.issueKey())) {
                vulnerabilities.updateIssueKey(link.vulnerabilityId(), link.issueKey(), key);
            }
        });
    }

    /** @return whether there was anything */
    private boolean adopt(IntegrationSettings before) {
        IntegrationSettings settings = before;
        List<Candidate> batch = keys.next(settings.knownKeys(), afterVulnerability, IssueLookup.AT_ONCE);
        if (batch.isEmpty()) {
            keys.tidy();
            compareByMapping(settings);
            return false;
        }
        Map<String, IssueLink> linked =
                links.ofKeys(batch.stream().map(Candidate::key).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(IssueLink::issueKey, Function.identity(), (first, second) -> first));
        IssueLookup.Found found = jira.byKey(batch.stream()
                .map(Candidate::key)
                .filter(key -> !linked.containsKey(key))
                .collect(Collectors.toSet()));
        if (renames.notice(found.issues().values())) {
            settings = configuration.current();
        }
        for (Candidate candidate : batch) {
            adopt(candidate, linked.get(candidate.key()), found, settings);
            afterVulnerability = candidate.vulnerabilityId();
        }
        return true;
    }

    /** The mapping decides which links agree, and it is usually completed after the first adoption. */
    private void compareByMapping(IntegrationSettings settings) {
        links.kinds().stream()
                .filter(kind -> kind.differs() != ExistingIssues.differ(settings, kind.projectKey(), kind.shown()))
                .forEach(links::differOtherwise);
    }

    private void adopt(
            Candidate candidate, @Nullable IssueLink linked, IssueLookup.Found found, IntegrationSettings settings) {
        if (linked != null) {
            if (linked.vulnerabilityId() != candidate.vulnerabilityId()) {
                keys.deny(candidate, UnadoptedKeys.SHARED, ExistingIssues.sharedReason(linked), linked.issueId());
            }
            return;
        }
        IssueSnapshot issue = found.issues().get(candidate.key());
        if (issue == null) {
            String reason = found.denied().getOrDefault(candidate.key(), "Jira does not show it");
            keys.deny(candidate, UnadoptedKeys.NOT_VISIBLE, reason, null);
        } else if (settings.project(issue.projectKey()).isEmpty()) {
            keys.deny(
                    candidate,
                    UnadoptedKeys.MOVED_AWAY,
                    "was moved in Jira and is " + issue.key() + " now, whose project is not configured",
                    null);
        } else {
            existing.adopt(candidate, issue, settings);
        }
    }
}
