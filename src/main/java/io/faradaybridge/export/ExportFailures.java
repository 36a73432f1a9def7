package io.faradaybridge.export;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.RetryDelay;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a chunk when a step fails; which failure leads to which of these stands in {@code routes/errors.yaml}. */
@Component("exportFailures")
public class ExportFailures {

    private static final Logger log = LoggerFactory.getLogger(ExportFailures.class);

    private final ExportItems items;
    private final ProjectRenames renames;
    private final Activity activity;
    private final ExportEnds ends;
    private final RandomGenerator random = new SecureRandom();

    ExportFailures(ExportItems items, ProjectRenames renames, Activity activity, ExportEnds ends) {
        this.items = items;
        this.renames = renames;
        this.activity = activity;
        this.ends = ends;
    }

    /** Surely not created: reserved again, for later; after the last attempt a person has to look (E7). */
    public void postpone(ExportChunk chunk, JiraFailure failure) {
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

    /** Perhaps created: never sent again before it was looked for, twice (E3). */
    public void awaitLook(ExportChunk chunk, JiraFailure failure) {
        items.awaitLook(chunk, chunk.ids(), ExportItems.FIRST_LOOK, 0, String.valueOf(failure.getMessage()));
        chunk.items()
                .forEach(item -> activity.record(
                        Outcome.POSTPONED,
                        item.correlationId(),
                        item.vulnerabilityId(),
                        null,
                        "whether the issue was created is not known, it is looked for: " + failure.getMessage(),
                        item.userId()));
    }

    /** Jira refused the call as a whole. */
    public void refused(ExportChunk chunk, JiraFailure failure) {
        if (renames.isRenamed(chunk.projectKey())) { // nothing was created: the same again, under the project's new key
            items.backToReserved(chunk, Duration.ZERO, false, String.valueOf(failure.getMessage()));
            items.release(chunk, Duration.ZERO, false);
            return;
        }
        for (ExportItem item : chunk.items()) {
            if (items.refuse(chunk, item, String.valueOf(failure.getMessage()))) {
                ends.refused(item, String.valueOf(failure.getMessage()));
            }
        }
        items.release(chunk, RetryDelay.after(attempts(chunk), null, random), true);
    }

    /**
     * Whether the issue exists could not be found out, or one that exists could not be linked: later again, and nothing is
     * created before. After the last attempt a person has to look (E7).
     */
    public void lookFailed(ExportChunk chunk, JiraFailure failure) {
        boolean count = failure.counts();
        boolean last = count && attempts(chunk) + 1 >= RetryDelay.MAX_ATTEMPTS;
        if (last || failure.kind() == JiraFailure.Kind.REFUSED) {
            toPerson(chunk, "whether its issue exists could not be found out: " + failure.getMessage());
            return;
        }
        Duration wait = RetryDelay.after(count ? attempts(chunk) : 0, failure.retryAfter(), random);
        items.release(chunk, wait, count);
    }

    /**
     * An error nobody foresaw. What was sent waits to be looked for, the rest is tried again.
     *
     * @param chunk null: nothing was claimed yet, the items stay due
     */
    public void unexpected(@Nullable ExportChunk chunk, Exception cause) {
        if (chunk == null) {
            log.error(
                    "Unexpected error before an export was taken up; its items stay due and are taken up later", cause);
            return;
        }
        log.error(
                "Unexpected error in an export of {} items to {}; it is tried again later",
                chunk.items().size(),
                chunk.projectKey(),
                cause);
        if (attempts(chunk) + 1 >= RetryDelay.MAX_ATTEMPTS) {
            toPerson(chunk, "unexpected error: " + cause.getClass().getSimpleName() + "; the log says more");
            return;
        }
        items.release(chunk, RetryDelay.after(attempts(chunk), null, random), true);
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
