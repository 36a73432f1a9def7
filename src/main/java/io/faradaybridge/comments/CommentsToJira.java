package io.faradaybridge.comments;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.comments.CopiedComments.Due;
import io.faradaybridge.faraday.FaradayComments;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.JiraComment;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds Faraday's comments to an issue, each once: that it is being sent is saved before the call, and after a lost answer the
 * issue's comments are read first.
 */
@Component
class CommentsToJira {

    private static final String CURE =
            "; the bridge does not try again: give its account the permission Add Comments, or"
                    + " correct what Jira objects to, and write the comment again";

    /** Clocks of Jira's nodes may differ. */
    private static final double TOLERANCE = 120;

    private final FaradayComments faraday;
    private final CopiedComments copied;
    private final CommentRows rows;
    private final IssueComments issue;
    private final Activity activity;
    private final TransactionOperations transaction;

    CommentsToJira(
            FaradayComments faraday,
            CopiedComments copied,
            CommentRows rows,
            IssueComments issue,
            Activity activity,
            TransactionOperations transaction) {
        this.faraday = faraday;
        this.copied = copied;
        this.rows = rows;
        this.issue = issue;
        this.activity = activity;
        this.transaction = transaction;
    }

    /**
     * Sends what is due, in the order in which it was written.
     *
     * @return false if the lease is lost
     * @throws JiraFailure if the rest must wait; of kind UNKNOWN_OUTCOME if Jira may have the comment
     */
    boolean send(CommentedLink link) {
        for (Due due : copied.due(link.id())) {
            Optional<FaradayComments.Written> written = faraday.find(due.faradayId());
            Optional<String> text = written.flatMap(CommentText::forJira);
            if (text.isEmpty()) {
                refused(link, due, written.isEmpty() ? "it was deleted" : "nothing follows @jira");
            } else if (!rows.renew(link)) {
                return false;
            } else if (!isThere(link, due, text.get()) && !send(link, due, text.get())) {
                return false;
            }
        }
        return true;
    }

    private boolean isThere(CommentedLink link, Due due, String text) {
        Double sentAgo = due.sentSecondsAgo();
        if (sentAgo == null) {
            return false;
        }
        List<JiraComment> ours = issue.since(link, Duration.ofMillis((long) (1000 * (sentAgo + TOLERANCE)))).stream()
                .filter(issue::isOurs)
                .toList();
        Set<String> known =
                copied.known(link.issueId(), ours.stream().map(JiraComment::id).toList());
        Optional<String> found = ours.stream()
                .filter(comment -> !known.contains(comment.id()))
                .filter(comment -> issue.hasMarker(comment, due.marker().toString())
                        || comment.body().strip().equals(text))
                .map(JiraComment::id)
                .findFirst();
        found.ifPresent(id -> sent(link, due, id));
        return found.isPresent();
    }

    private boolean send(CommentedLink link, Due due, String text) {
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!rows.renew(link)) {
                return false;
            }
            copied.sending(due.faradayId());
            return true;
        }));
        if (!mine) {
            return false;
        }
        try {
            sent(link, due, issue.add(link, text, due.marker().toString()));
            return true;
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.UNKNOWN_OUTCOME) {
                throw failure;
            }
            if (failure.refusedOrGone() || (failure.counts() && link.attempts() >= RetryDelay.MAX_ATTEMPTS)) {
                refused(link, due, failure.getMessage() + CURE);
                return true;
            }
            copied.notSent(due.faradayId());
            throw failure;
        }
    }

    private void sent(CommentedLink link, Due due, String jiraId) {
        transaction.executeWithoutResult(status -> {
            if (copied.sent(due.faradayId(), jiraId)) {
                record(
                        Outcome.DRIVEN,
                        link,
                        "comment " + due.faradayId() + " of Faraday was added to " + link.issueKey());
            }
        });
    }

    private void refused(CommentedLink link, Due due, String reason) {
        transaction.executeWithoutResult(status -> {
            copied.refused(due.faradayId());
            record(
                    Outcome.REFUSED,
                    link,
                    "comment " + due.faradayId() + " of Faraday was not added to " + link.issueKey() + ": " + reason);
        });
    }

    private void record(Outcome outcome, CommentedLink link, String detail) {
        activity.record(outcome, CorrelationId.current(), link.vulnerabilityId(), link.issueKey(), detail, null);
    }
}
