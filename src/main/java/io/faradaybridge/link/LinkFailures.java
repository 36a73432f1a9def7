package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.activity.LastRequests;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.client.Transitions;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.workflow.TransitionContents;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What follows for a link when a step fails. {@code routes/errors.yaml} says which failure leads to which method. */
@Component("linkFailures")
public class LinkFailures {

    private static final Logger log = LoggerFactory.getLogger(LinkFailures.class);

    private final IssueLinks links;
    private final LinkDrives drives;
    private final Reconciliation reconciliation;
    private final Transitions transitions;
    private final TransitionContents contents;
    private final Activity activity;
    private final LastRequests requests;
    private final RandomGenerator random = new SecureRandom();

    LinkFailures(
            IssueLinks links,
            LinkDrives drives,
            Reconciliation reconciliation,
            Transitions transitions,
            TransitionContents contents,
            Activity activity,
            LastRequests requests) {
        this.links = links;
        this.drives = drives;
        this.reconciliation = reconciliation;
        this.transitions = transitions;
        this.contents = contents;
        this.activity = activity;
        this.requests = requests;
    }

    /**
     * Plans the next attempt: back-off, jitter, Retry-After. After a lost answer the intention and the lease stay (L8,
     * L11).
     */
    public LinkWork postpone(LinkWork work, JiraFailure failure) {
        requests.keep(IssueRequest.of(work.link().vulnerabilityId(), failure));
        boolean underWay = intentionSaved(work);
        boolean definite = failure.kind() != JiraFailure.Kind.UNKNOWN_OUTCOME;
        if (underWay && definite) {
            drives.dropIntention(work);
        }
        boolean mayGoOn = underWay && !definite && !failure.answered();
        boolean count = failure.counts();
        if (count && !mayGoOn && work.link().attempts() + 1 >= RetryDelay.MAX_ATTEMPTS) {
            return giveUp(work, String.valueOf(failure.getMessage()));
        }
        Duration wait = RetryDelay.after(count ? work.link().attempts() : 0, failure.retryAfter(), random);
        links.postpone(work, wait, mayGoOn, count);
        activity.record(
                Outcome.POSTPONED,
                work.correlationId(),
                work.link().vulnerabilityId(),
                work.link().issueKey(),
                String.valueOf(failure.getMessage()),
                null);
        return work.closed();
    }

    /**
     * Jira refused. If the status was only assumed or the transition came from the cache, the link is due at once and
     * Jira is asked again. Otherwise the link is blocked with Jira's own message.
     */
    public LinkWork refused(LinkWork work, JiraFailure failure) {
        requests.keep(IssueRequest.of(work.link().vulnerabilityId(), failure));
        Observation observation = work.observation();
        if (observation.transition() != null && !(observation.asked() && observation.transitionFresh())) {
            transitions.forget(work.link().projectKey(), work.link().issueType(), work.jira());
            links.askNextTime(work);
            return work.closed();
        }
        if (intentionSaved(work)) {
            drives.dropIntention(work);
        }
        String code = failure.kind() == JiraFailure.Kind.GONE ? BlockReason.GONE : BlockReason.REFUSED;
        String reason = Optional.ofNullable(observation.transition())
                        .filter(transition -> code.equals(BlockReason.REFUSED))
                        .flatMap(transition -> contents.missing(
                                work.link().projectKey(), work.vulnerability().status(), transition))
                        .map(missing -> missing + "; ")
                        .orElse("")
                + failure.getMessage();
        LinkWork blocked = reconciliation.block(work, new BlockReason(code, reason));
        if (blocked.open()) {
            links.release(blocked); // a hint came meanwhile, so the link stays due
        }
        return blocked.closed();
    }

    /**
     * An unexpected error is postponed like a transient one; after the last attempt the link is blocked.
     *
     * @param work null if the link was not leased yet; its row stays due
     */
    public @Nullable LinkWork unexpected(@Nullable LinkWork work, Exception cause) {
        if (work == null) {
            log.error("Unexpected error before a link was leased; it stays due and is leased later", cause);
            return null;
        }
        log.error(
                "Unexpected error at {}; there will be another attempt",
                work.link().subject(),
                cause);
        if (work.link().attempts() + 1 >= RetryDelay.MAX_ATTEMPTS && !intentionSaved(work)) {
            return giveUp(work, "unexpected error: " + cause.getClass().getSimpleName() + "; see the log");
        }
        links.postpone(work, RetryDelay.after(work.link().attempts(), null, random), intentionSaved(work), true);
        return work.closed();
    }

    private LinkWork giveUp(LinkWork work, String reason) {
        if (work.observation().vulnerability() == null) {
            links.postpone(work, RetryDelay.after(RetryDelay.MAX_ATTEMPTS, null, random), false, false);
            return work.closed();
        }
        LinkWork blocked = reconciliation.block(
                work,
                new BlockReason(
                        BlockReason.GAVE_UP,
                        "given up after " + RetryDelay.MAX_ATTEMPTS + " attempts, replay the link when the cause is"
                                + " removed: " + reason));
        if (blocked.open()) {
            links.release(blocked); // a hint came meanwhile, so the link stays due
        }
        return blocked.closed();
    }

    /**
     * Whether the call that failed is this round's own transition, so that its intention may be removed. An older
     * intention, whose answer was lost, stays if a look fails (L8).
     */
    private boolean intentionSaved(LinkWork work) {
        return work.link().intention() != null
                && work.observation().transition() != null
                && links.find(work.link().id())
                        .filter(now -> now.intention() != null)
                        .isPresent();
    }
}
