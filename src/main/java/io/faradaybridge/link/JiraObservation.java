package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraReader;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What an answer of Jira's about an issue says of its link, before anything is decided. */
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
     * A moved issue keeps its link (by id); a drive that nobody had seen was done or was none (L15); a transition of ours with
     * a lost answer is recognised (L9).
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

    /** @param moved to another project; else its project has another key, which is told once for all issues */
    private LinkWork followMove(LinkWork work, IssueSnapshot issue, boolean moved) {
        boolean mine = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!links.rekey(work, issue.key(), issue.projectKey())) {
                return false; // ended or taken over: the vulnerability may have another issue by now (L1)
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
                    "the answer was lost, but Jira's history shows our move to " + intention.to(),
                    null);
            return true;
        }));
        // hints like its echo, known before the look, count as hints now
        return mine ? onTheRow(work, work.link().hints() + work.link().echoHints(), 0) : work.closed();
    }

    /** The same round on the row as we have just written it; what came since the lease is not covered by the look (L3). */
    private LinkWork onTheRow(LinkWork work, long hints, long echoHints) {
        return links.find(work.link().id())
                .map(now -> work.withLink(now.hinted(hints, echoHints)))
                .orElseGet(work::closed);
    }
}
