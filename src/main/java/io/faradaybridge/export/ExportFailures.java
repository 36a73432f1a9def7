package io.faradaybridge.export;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.activity.LastRequests;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.RetryDelay;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What follows for a chunk when a step fails. {@code routes/errors.yaml} says which failure leads to which method. */
@Component("exportFailures")
public class ExportFailures {

    private static final Logger log = LoggerFactory.getLogger(ExportFailures.class);

    private final ExportItems items;
    private final ProjectRenames renames;
    private final Activity activity;
    private final LastRequests requests;
    private final ExportEnds ends;
    private final RandomGenerator random = new SecureRandom();

    ExportFailures(
            ExportItems items, ProjectRenames renames, Activity activity, LastRequests requests, ExportEnds ends) {
        this.items = items;
        this.renames = renames;
        this.activity = activity;
        this.requests = requests;
        this.ends = ends;
    }

    /**
     * The issues were certainly not created: the items are reserved again for a later attempt; after the last one they
     * become unknown (E7).
     */
    public void postpone(ExportChunk chunk, JiraFailure failure) {
        keepRequests(chunk, failure);
        boolean count = failure.counts();
        int attempts = attempts(chunk);
        if (count && attempts + 1 >= RetryDelay.MAX_ATTEMPTS) {
            toPerson(chunk, "given up after " + RetryDelay.MAX_ATTEMPTS + " attempts: " + failure.getMessage());
            return;
        }
        Duration wait = RetryDelay.after(count ? attempts : 0, failure.retryAfter(), random);
        items.backToReserved(chunk, wait, count, String.valueOf(failure.getMessage()));
        items.release(chunk, wait, count);
    }

    /**
     * The issues may have been created: the items are not sent again before the bridge has looked for the issues twice
     * (E3).
     */
    public void awaitLook(ExportChunk chunk, JiraFailure failure) {
        keepRequests(chunk, failure);
        items.awaitLook(chunk, chunk.ids(), ExportItems.FIRST_LOOK, 0, String.valueOf(failure.getMessage()));
        chunk.items()
                .forEach(item -> activity.record(
                        Outcome.POSTPONED,
                        item.correlationId(),
                        item.vulnerabilityId(),
                        null,
                        "it is not known whether the issue was created, the bridge will look for it:" + " "
                                + failure.getMessage(),
                        item.userId()));
    }

    /** Jira refused the call as a whole. */
    public void refused(ExportChunk chunk, JiraFailure failure) {
        keepRequests(chunk, failure);
        if (renames.isRenamed(
                chunk.projectKey())) { // nothing was created: the items are sent again under the project's new key
            items.backToReserved(chunk, Duration.ZERO, false, String.valueOf(failure.getMessage()));
            items.release(chunk, Duration.ZERO, false);
            return;
        }
        for (ExportItem item : chunk.items()) {
            if (items.refuse(chunk, item, String.valueOf(failure.getMessage()))) {
                ends.refused(item, String.valueOf(failure.getMessage()), null);
            }
        }
        items.release(chunk, RetryDelay.after(attempts(chunk), null, random), true);
    }

    /**
     * The bridge could not find out whether the issue exists, or could not link it: there is a later attempt, and
     * nothing is created before. After the last attempt the item becomes unknown (E7).
     */
    public void lookFailed(ExportChunk chunk, JiraFailure failure) {
        boolean count = failure.counts();
        boolean last = count && attempts(chunk) + 1 >= RetryDelay.MAX_ATTEMPTS;
        if (last || failure.kind() == JiraFailure.Kind.REFUSED) {
            toPerson(chunk, "it could not be found out whether its issue exists: " + failure.getMessage());
            return;
        }
        Duration wait = RetryDelay.after(count ? attempts(chunk) : 0, failure.retryAfter(), random);
        items.release(chunk, wait, count);
    }

    /**
     * An unexpected error. Items that were sent wait until the bridge looks for their issues; the others are tried
     * again.
     *
     * @param chunk null if nothing was claimed yet; the items stay due
     */
    public void unexpected(@Nullable ExportChunk chunk, Exception cause) {
        if (chunk == null) {
            log.error("Unexpected error before an export was claimed; its items stay due and are claimed later", cause);
            return;
        }
        log.error(
                "Unexpected error in an export of {} items to {}; there will be another attempt",
                chunk.items().size(),
                chunk.projectKey(),
                cause);
        if (attempts(chunk) + 1 >= RetryDelay.MAX_ATTEMPTS) {
            toPerson(chunk, "unexpected error: " + cause.getClass().getSimpleName() + "; see the log");
            return;
        }
        items.release(chunk, RetryDelay.after(attempts(chunk), null, random), true);
    }

    /** For the items of a creating call that failed as a whole. */
    private void keepRequests(ExportChunk chunk, JiraFailure failure) {
        requests.keep(chunk.items().stream()
                .map(item -> item.within(IssueRequest.of(item.vulnerabilityId(), failure)))
                .filter(Objects::nonNull)
                .toList());
    }

    private void toPerson(ExportChunk chunk, String reason) {
        for (ExportItem item : chunk.items()) {
            if (items.toPerson(chunk, item, reason)) {
                ends.unknown(item, reason);
            }
        }
    }

    private static int attempts(ExportChunk chunk) {
        return chunk.items().stream().mapToInt(ExportItem::attempts).max().orElse(0);
    }
}
