package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.workflow.KnownTransitions;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Evaluates Jira's answer about an issue, before anything is decided. */
@Component
class JiraObservation {

    private final IssueLinks links;
    private final LinkDrives drives;
    private final UnseenDrives unseen;
    private final Vulnerabilities vulnerabilities;
    private final ProjectRenames renames;
    private final KnownTransitions known;
    private final JiraClient jira;
    private final Activity activity;
    private final TransactionOperations transaction;

    JiraObservation(
            IssueLinks links,
            LinkDrives drives,
            UnseenDrives unseen,
            Vulnerabilities vulnerabilities,
            ProjectRenames renames,
            KnownTransitions known,
            JiraClient jira,
            Activity activity,
            TransactionOperations transaction) {
        this.links = links;
        this.drives = drives;
        this.unseen = unseen;
        this.vulnerabilities = vulnerabilities;
        this.renames = renames;
        this.known = known;
        this.jira = jira;
        this.activity = activity;
        this.transaction = transaction;
    }

    /**
     * A moved issue keeps its link (by id). An unseen drive is found to be done or not (L15). A transition of the
     * bridge with a lost answer is recognised (L9).
     */
    LinkWork on(LinkWork asked, JiraAnswer answer) {
        IssueSnapshot issue = JiraReader.issue(answer.body());
        LinkWork work = asked;
        if (!issue.key().equals(work.link().issueKey())) {
            work = followMove(work, issue, !renames.stayed(work.link().projectKey(), issue));
        }
        if (work.open() && answer.body().has("transitions")) {
            known.learn(
                    work.link().projectKey(),
                    work.link().issueType(),
                    issue.status(),
                    JiraReader.transitions(answer.body()));
        }
        IssueLink.UnseenDrive drive = work.link().unseenDrive();
        if (work.open() && drive != null) {
            work = unseen.look(work, drive, issue);
        }
        IssueLink.Intention intention = work.link().intention();
        if (intention != null
                && OwnTransition.happened(issue, intention, answer.jiraTime(), links.now(), jira.myself())) {
            work = settleFound(work, intention);
        }
        return work.open() ? work.withObservation(work.observation().seeingJira(issue.status(), true)) : work;
    }

    /**
     * @param moved whether the issue is in another project; otherwise its project has a new key, which is recorded once
     * for all issues
     */
    private LinkWork followMove(LinkWork work, IssueSnapshot issue, boolean moved) {
        // no row: the link ended or another worker leased it, and the vulnerability may have another issue now (L1)
        return Objects.requireNonNull(transaction.execute(status -> links.rekey(work, issue.key(), issue.projectKey())
                .map(link -> {
                    vulnerabilities.updateIssueKey(
                            link.vulnerabilityId(), work.link().issueKey(), issue.key());
                    if (moved) {
                        activity.record(
                                Outcome.SETTLED,
                                work.correlationId(),
                                link.vulnerabilityId(),
                                issue.key(),
                                "the issue was moved: " + work.link().issueKey() + " is now " + issue.key(),
                                null);
                    }
                    return work.withLink(link);
                })
                .orElseGet(work::closed)));
    }

    private LinkWork settleFound(LinkWork work, IssueLink.Intention intention) {
        return Objects.requireNonNull(transaction.execute(status -> drives.settleFound(work, intention)
                .map(link -> {
                    activity.record(
                            Outcome.DRIVEN,
                            work.correlationId(),
                            link.vulnerabilityId(),
                            link.issueKey(),
                            "the answer was lost, but Jira's history shows the bridge's move to " + intention.to(),
                            null);
                    return work.withLink(link);
                })
                .orElseGet(work::closed)));
    }
}
