package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.answers.StatusChange;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.decision.StatusPair;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * L15: finds out whether Jira has really moved an issue. A look or the sweep sees the issue in its new status, and then
 * also whether a person's move was overtaken. If a validator or post function of the workflow fails silently, Jira
 * answers success but moves nothing; then the pair before the drive is valid again, or that of the last hop which was
 * made (L14).
 */
@Component
public class UnseenDrives {

    /** After so many answers of success without a move the link is blocked. */
    static final int MOST_UNMOVED = 3;

    private final LinkDrives drives;
    private final JiraClient jira;
    private final ProjectWebhooks webhooks;
    private final Activity activity;
    private final TransactionOperations transaction;

    UnseenDrives(
            LinkDrives drives,
            JiraClient jira,
            ProjectWebhooks webhooks,
            Activity activity,
            TransactionOperations transaction) {
        this.drives = drives;
        this.jira = jira;
        this.webhooks = webhooks;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** The links with an unseen drive, for the sweep. */
    public List<IssueLink> waiting(Collection<String> projectKeys) {
        return drives.waiting(projectKeys);
    }

    /**
     * Evaluates the result of the sweep. If the search index does not show the issue in its new status, in a row that
     * is younger than the drive, this proves nothing, and Jira must be asked.
     *
     * @param waiting as {@link #waiting} returned them before the search
     * @param indexed the issues found, with their histories
     * @return the links to look at; their hints are stored
     */
    public List<LinkHint> swept(List<IssueLink> waiting, List<IssueSnapshot> indexed, String correlationId) {
        Map<String, IssueSnapshot> byId = indexed.stream()
                .collect(Collectors.toMap(IssueSnapshot::id, Function.identity(), (first, second) -> second));
        return waiting.stream()
                .filter(link -> {
                    IssueLink.UnseenDrive drive = Objects.requireNonNull(link.unseenDrive());
                    IssueSnapshot issue = byId.get(link.issueId());
                    if (issue == null || !drive.confirmedBy(issue, link.agreed().jira())) {
                        return drives.ask(link, drive, correlationId);
                    }
                    seen(link, drive, issue, correlationId);
                    return false;
                })
                .map(link -> new LinkHint(link.id(), correlationId))
                .toList();
    }

    /**
     * Evaluates a look with the history: the issue was moved, or the pair before the drive is valid again. The sweep may
     * have seen the move first.
     */
    LinkWork look(LinkWork work, IssueLink.UnseenDrive drive, IssueSnapshot issue) {
        JiraStatus target = work.link().agreed().jira();
        boolean moved = issue.status().sameAs(target)
                || OwnTransition.since(issue, target, drive.at(), jira.myself()).isPresent();
        Optional<IssueLink> saved =
                moved ? seen(work.link(), drive, issue, work.correlationId()) : unmoved(work, drive, issue);
        return saved.or(() -> drives.looked(work)).map(work::withLink).orElseGet(work::closed);
    }

    private Optional<IssueLink> unmoved(LinkWork work, IssueLink.UnseenDrive drive, IssueSnapshot issue) {
        StatusPair valid = drive.valid(work.link().agreed(), OwnTransition.newest(issue, drive, jira.myself()));
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<IssueLink> saved = drives.unmoved(work, drive, valid);
            saved.ifPresent(link -> activity.record(
                    Outcome.POSTPONED,
                    work.correlationId(),
                    link.vulnerabilityId(),
                    link.issueKey(),
                    "Jira answered that it moved the issue to "
                            + work.link().agreed().jira() + ", but it is in " + issue.status()
                            + " and its history shows no such move; the bridge decides again",
                    null));
            return saved;
        }));
    }

    private Optional<IssueLink> seen(
            IssueLink link, IssueLink.UnseenDrive drive, IssueSnapshot issue, String correlationId) {
        Myself myself = jira.myself();
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<IssueLink> saved = drives.seen(link, drive);
            saved.flatMap(row -> OwnTransition.since(issue, link.agreed().jira(), drive.at(), myself))
                    .filter(ours -> !ours.from().sameAs(drive.over()))
                    .ifPresent(ours -> overtook(link, issue, ours, myself, correlationId));
            return saved;
        }));
    }

    /** Records a person's move between the status that the bridge assumed and its call. It cannot be prevented. */
    private void overtook(IssueLink link, IssueSnapshot issue, StatusChange ours, Myself myself, String correlationId) {
        Optional<StatusChange> theirs = issue.history().stream()
                .filter(change ->
                        change.to().sameAs(ours.from()) && !change.at().isAfter(ours.at()))
                .max(Comparator.comparing(StatusChange::at));
        if (theirs.filter(change -> change.authorId().equals(myself.id())).isPresent()) {
            return; // the bridge's own move, whose answer was lost
        }
        activity.record(
                Outcome.OVERTAKEN,
                correlationId,
                link.vulnerabilityId(),
                link.issueKey(),
                theirs.map(change -> (change.author().isEmpty() ? "a person" : change.author())
                                        + " moved the issue from " + change.from() + " to " + change.to())
                                .orElse("a person moved the issue to " + ours.from())
                        + " just before the bridge moved it to " + ours.to(),
                null);
        webhooks.missed(link);
    }
}
