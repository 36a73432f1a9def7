package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.web.CorrelationId;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.workflow.NewIssue;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends links: after a user unlinks them, here or in Faraday, or deletes the vulnerability. The issue stays as it is. A
 * link never ends because of Jira, where a missing issue may only be hidden from the bridge.
 */
@Component
public class LinkEndings {

    private static final String DELETED = "the vulnerability was deleted in Faraday";

    private final IssueLinks links;
    private final Vulnerabilities vulnerabilities;
    private final NewIssue newIssue;
    private final Activity activity;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;

    LinkEndings(
            IssueLinks links,
            Vulnerabilities vulnerabilities,
            NewIssue newIssue,
            Activity activity,
            ApplicationEventPublisher events,
            TransactionOperations transaction) {
        this.links = links;
        this.vulnerabilities = vulnerabilities;
        this.newIssue = newIssue;
        this.activity = activity;
        this.events = events;
        this.transaction = transaction;
    }

    /**
     * A user unlinks, even while a worker holds the link. In Faraday the key is removed and {@code
     * disassociated_manually} is set, which keeps automatic exports away.
     *
     * @return the issue's key; empty if the vulnerability is not linked
     */
    public Optional<String> unlink(int vulnerabilityId, int userId, String username) {
        return Optional.ofNullable(transaction.execute(status -> links.ofVulnerability(vulnerabilityId)
                .filter(link -> end(link, CorrelationId.current(), "unlinked by " + username, userId))
                .map(link -> {
                    vulnerabilities.lock(vulnerabilityId);
                    vulnerabilities.unlinkIssue(vulnerabilityId, userId);
                    return link.issueKey();
                })
                .orElse(null)));
    }

    /** The vulnerability was deleted. */
    void deleted(LinkWork work) {
        transaction.executeWithoutResult(status -> links.held(work.link().id(), work.leaseToken())
                .ifPresent(link -> end(link, work.correlationId(), DELETED, null)));
    }

    /**
     * Ends the link if a user removed or changed its key in Faraday.
     *
     * @return whether it ended
     */
    boolean unlinked(LinkWork work, VulnerabilityState seen) {
        if (work.link().namedBy(seen)) {
            return false;
        }
        transaction.executeWithoutResult(
                status -> links.held(work.link().id(), work.leaseToken()).ifPresent(link -> vulnerabilities
                        .lock(link.vulnerabilityId())
                        .filter(locked -> !link.namedBy(locked))
                        .ifPresent(locked -> {
                            String now = locked.issuetracker().strip();
                            String reason = now.isEmpty()
                                    ? "unlinked in Faraday: its issuetracker was emptied"
                                    : "unlinked in Faraday: its issuetracker now says '" + now + "'";
                            end(link, work.correlationId(), reason, null);
                            vulnerabilities.markDisassociated(link.vulnerabilityId());
                        })));
        links.release(work); // the key was written back at this moment
        return true;
    }

    /**
     * Ends the link while the bridge only observes, without a change of Faraday.
     *
     * @param locked null if the vulnerability was deleted
     * @return whether the link ended
     */
    public boolean observed(IssueLink link, @Nullable VulnerabilityState locked, String correlationId) {
        if (locked != null && link.namedBy(locked)) {
            return false;
        }
        return end(
                link,
                correlationId,
                locked == null ? DELETED : "its issuetracker was changed in Faraday while the bridge observed",
                null);
    }

    /** What became of the attempt to give the vulnerability a new issue. */
    sealed interface Replacement {

        record Reserved() implements Replacement {}

        /** Something has moved since the look. */
        record Moved() implements Replacement {}

        /** @param why a clause */
        record Impossible(String why) implements Replacement {}
    }

    /**
     * Ends the link and reserves a new issue, in one transaction, so that there is one new issue however often this is
     * tried (E1).
     */
    Replacement replace(LinkWork work, String why) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                IssueLink link = work.link();
                Optional<IssueLink> held = links.held(link.id(), work.leaseToken());
                Optional<VulnerabilityState> locked = held.flatMap(row -> vulnerabilities.lock(row.vulnerabilityId()));
                if (held.isEmpty()
                        || locked.isEmpty()
                        || held.get().hints() != link.hints()
                        || locked.get().status() != work.vulnerability().status()) {
                    return new Replacement.Moved();
                }
                end(link, work.correlationId(), why, null);
                vulnerabilities.forgetIssue(link.vulnerabilityId());
                if (newIssue.reserve(link.vulnerabilityId(), link.projectKey(), link.issueType(), link.issueKey())) {
                    return new Replacement.Reserved();
                }
                status.setRollbackOnly();
                return new Replacement.Impossible(
                        "the vulnerability must be confirmed, and the bridge's user in Faraday"
                                + " may enter its workspace");
            }));
        } catch (InvalidRequest refused) {
            return new Replacement.Impossible(refused.text());
        }
    }

    private boolean end(IssueLink link, String correlationId, String reason, @Nullable Integer userId) {
        if (!links.end(link.id(), reason)) {
            return false;
        }
        activity.record(
                Outcome.UNLINKED,
                correlationId,
                link.vulnerabilityId(),
                link.issueKey(),
                reason + "; the issue stays as it is, its status is no longer kept in step",
                userId);
        events.publishEvent(new LinkEnded(link.vulnerabilityId(), link.issueKey(), reason));
        return true;
    }
}
