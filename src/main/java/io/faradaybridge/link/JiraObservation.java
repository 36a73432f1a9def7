package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Evaluates Jira's answer about an issue, before anything is decided. */
@Component
class JiraObservation {

    private final IssueLinks links;
    private final LinkDrives drives;
    private final DriveSights sights;
    private final Vulnerabilities vulnerabilities;
    private final ProjectRenames renames;
    private final JiraClient jira;
    private final Activity activity;
    private final TransactionOperations transaction;

    JiraObservation(
            IssueLinks links,
            LinkDrives drives,
            DriveSights sights,
            Vulnerabilities vulnerabilities,
            ProjectRenames renames,
            JiraClient jira,
            Activity activity,
            TransactionOperations transaction) {
        this.links = links;
        this.drives = drives;
        this.sights = sights;
        this.vulnerabilities = vulnerabilities;
        this.renames = renames;
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
        IssueLink.UnseenDrive drive = work.link().unseenDrive();
        if (work.open() && drive != null) {
            sights.look(work, drive, issue);
            work = onTheRow(work, work.link().hints(), work.link().echoHints());
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
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!links.rekey(work, issue.key(), issue.projectKey())) {
                return false; // the link ended or another worker leased it: the vulnerability may have another issue
                // now (L1)
            }
            vulnerabilities.updateIssueKey(
                    work.link().vulnerabilityId(), work.link().issueKey(), issue.key());
            if (moved) {
                activity.record(
                        Outcome.SETTLED,
                        work.correlationId(),
                        work.link().vulnerabilityId(),
                        issue.key(),
                        "the issue was moved: " + work.link().issueKey() + " is now " + issue.key(),
                        null);
            }
            return true;
        }));
        return mine ? onTheRow(work, work.link().hints(), work.link().echoHints()) : work.closed();
    }

    private LinkWork settleFound(LinkWork work, IssueLink.Intention intention) {
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!drives.settleFound(work, intention)) {
                return false;
            }
            activity.record(
                    Outcome.DRIVEN,
                    work.correlationId(),
                    work.link().vulnerabilityId(),
                    work.link().issueKey(),
                    "the answer was lost, but Jira's history shows the bridge's move to " + intention.to(),
                    null);
            return true;
        }));
        // hints that equal its echo and came before the look count as hints now
        return mine ? onTheRow(work, work.link().hints() + work.link().echoHints(), 0) : work.closed();
    }

    /** Goes on with the row as just written; hints since the lease are not covered by the look (L3). */
    private LinkWork onTheRow(LinkWork work, long hints, long echoHints) {
        return links.find(work.link().id())
                .map(now -> work.withLink(now.hinted(hints, echoHints)))
                .orElseGet(work::closed);
    }
}
