package io.faradaybridge.export.attachments;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.export.attachments.OwedAttachments.Owed;
import io.faradaybridge.export.attachments.OwedFile.State;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.web.CorrelationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What becomes of the files of an issue: the end with its rows of activity, or another try. */
@Component
class AttachmentEnds {

    /** After so many failed tries, with pauses of up to an hour: half a day. */
    private static final int MOST_TRIES = 24;

    /** Longer than the 90 s in which Jira may go on with a call whose answer was lost. */
    private static final Duration AFTER_A_LOST_ANSWER = Duration.ofSeconds(150);

    private static final int NAMED = 20;
    private static final int LONGEST_SHOWN = 80;

    private final OwedAttachments rows;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final Counter attached;
    private final Counter leftOut;
    private final RandomGenerator random = RandomGenerator.getDefault();

    AttachmentEnds(OwedAttachments rows, Activity activity, TransactionOperations transaction, MeterRegistry metrics) {
        this.rows = rows;
        this.activity = activity;
        this.transaction = transaction;
        this.attached = counter("attached", metrics);
        this.leftOut = counter("left-out", metrics);
    }

    private static Counter counter(String outcome, MeterRegistry metrics) {
        return Counter.builder("bridge.attachments")
                .description("Files of vulnerabilities, by what became of them")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void done(Owed owed, Map<String, OwedFile> files) {
        List<OwedFile> there = in(State.ATTACHED, files.values());
        List<OwedFile> left = in(State.LEFT_OUT, files.values());
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!rows.done(owed)) {
                return false;
            }
            if (!there.isEmpty()) {
                record(owed, Outcome.DRIVEN, count(there) + " attached to " + owed.issueKey() + ": " + list(there));
            }
            if (!left.isEmpty()) {
                record(
                        owed,
                        Outcome.REFUSED,
                        count(left) + " not attached to " + owed.issueKey() + ": " + byReason(left));
            }
            return true;
        }));
        if (mine) {
            attached.increment(there.size());
            leftOut.increment(left.size());
        }
    }

    /** @return false if there were too many tries */
    boolean later(Owed owed, String reason, @Nullable JiraFailure failure) {
        boolean counts = failure == null || failure.counts();
        if (counts && owed.attempts() + 1 >= MOST_TRIES) {
            return false;
        }
        Duration pause = RetryDelay.after(owed.attempts(), failure == null ? null : failure.retryAfter(), random);
        boolean lost = failure != null && failure.kind() == Kind.UNKNOWN_OUTCOME;
        rows.later(owed, lost && pause.compareTo(AFTER_A_LOST_ANSWER) < 0 ? AFTER_A_LOST_ANSWER : pause, counts);
        record(owed, Outcome.POSTPONED, "files are attached to " + owed.issueKey() + " later: " + reason);
        return true;
    }

    private void record(Owed owed, Outcome outcome, String detail) {
        activity.record(outcome, CorrelationId.current(), owed.vulnerabilityId(), owed.issueKey(), detail, null);
    }

    private static List<OwedFile> in(State state, Collection<OwedFile> files) {
        return files.stream().filter(file -> file.state() == state).toList();
    }

    private static String count(List<OwedFile> files) {
        return files.size() == 1 ? "one file" : files.size() + " files";
    }

    /** Files that share a reason stand together. */
    private static String byReason(List<OwedFile> files) {
        return files.stream().collect(Collectors.groupingBy(file -> String.valueOf(file.reason()))).entrySet().stream()
                .map(group -> list(group.getValue()) + ": " + group.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String list(List<OwedFile> files) {
        String named = files.stream().limit(NAMED).map(AttachmentEnds::shown).collect(Collectors.joining(", "));
        return files.size() > NAMED ? named + " and " + (files.size() - NAMED) + " more" : named;
    }

    private static String shown(OwedFile file) {
        String name = file.name();
        return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    }
}
