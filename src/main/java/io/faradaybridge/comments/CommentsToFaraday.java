package io.faradaybridge.comments;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.FaradayComments;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.JiraComment;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds an issue's comments to its vulnerability, each once: the comment and the row with the ids of both sides are written in
 * one transaction. The bridge's own comments, and those that not everybody sees, stay in Jira.
 */
@Component
class CommentsToFaraday {

    private final FaradayComments faraday;
    private final Vulnerabilities vulnerabilities;
    private final CopiedComments copied;
    private final CommentRows rows;
    private final IssueComments issue;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final String username;

    CommentsToFaraday(
            FaradayComments faraday,
            Vulnerabilities vulnerabilities,
            CopiedComments copied,
            CommentRows rows,
            IssueComments issue,
            Activity activity,
            TransactionOperations transaction,
            BridgeSettings settings) {
        this.faraday = faraday;
        this.vulnerabilities = vulnerabilities;
        this.copied = copied;
        this.rows = rows;
        this.issue = issue;
        this.activity = activity;
        this.transaction = transaction;
        this.username = settings.faraday().username();
    }

    /** What became of it. */
    enum Result {
        DONE,
        LEASE_LOST,
        /** The workspace is read-only or not active. */
        NOT_WRITABLE
    }

    private record Fresh(JiraComment comment, String text) {}

    Result read(CommentedLink link) {
        Optional<Duration> age = rows.newComments(link);
        if (age.isEmpty()) {
            return Result.LEASE_LOST;
        }
        long began = System.nanoTime();
        List<Fresh> fresh = fresh(link, age.get());
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!rows.read(link, (System.nanoTime() - began) / 1e9)) {
                return Result.LEASE_LOST;
            }
            Optional<VulnerabilityState> vulnerability =
                    fresh.isEmpty() ? Optional.empty() : vulnerabilities.lock(link.vulnerabilityId());
            if (vulnerability.isPresent()) {
                if (vulnerability.get().workspaceReadOnly()
                        || !vulnerability.get().workspaceActive()) {
                    status.setRollbackOnly();
                    return Result.NOT_WRITABLE;
                }
                fresh.forEach(one -> add(link, vulnerability.get(), one));
            }
            return Result.DONE;
        }));
    }

    private List<Fresh> fresh(CommentedLink link, Duration age) {
        List<JiraComment> there;
        try {
            there = issue.since(link, age);
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                return List.of(); // what becomes of the link is decided by its status
            }
            throw failure;
        }
        Set<String> known =
                copied.known(link.issueId(), there.stream().map(JiraComment::id).toList());
        return there.stream()
                .filter(comment -> !known.contains(comment.id()) && !issue.isOurs(comment))
                .flatMap(comment -> CommentText.forFaraday(comment).map(text -> new Fresh(comment, text)).stream())
                .filter(one -> !issue.isPrivate(one.comment()))
                .toList();
    }

    private void add(CommentedLink link, VulnerabilityState vulnerability, Fresh one) {
        copied.received(link, one.comment().id(), faraday.add(vulnerability, one.text(), username));
        activity.record(
                Outcome.APPLIED,
                CorrelationId.current(),
                link.vulnerabilityId(),
                link.issueKey(),
                "comment " + one.comment().id() + " of " + link.issueKey() + " was added to Faraday",
                null);
    }
}
