package io.faradaybridge.export;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.StatusPair;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Saves the link of an issue that exists: vulnerability, link, item and activity in one transaction. */
@Component
class ExportLinking {

    private final ExportItems items;
    private final IssueLinks links;
    private final Hints hints;
    private final Vulnerabilities vulnerabilities;
    private final JiraClient jira;
    private final Activity activity;
    private final TransactionOperations transaction;

    ExportLinking(
            ExportItems items,
            IssueLinks links,
            Hints hints,
            Vulnerabilities vulnerabilities,
            JiraClient jira,
            Activity activity,
            TransactionOperations transaction) {
        this.items = items;
        this.links = links;
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
        this.jira = jira;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** F0: the status when reserved; J0: the one that issues of this kind are created in. Nothing moved is missed so. */
    void link(ExportItem item, String issueId, String issueKey) {
        save(item, issueId, issueKey).ifPresent(id -> hints.takeUp(id, issueKey));
    }

    /** The issue exists for a while already: its status is asked for, since the sweep may have passed a move of it. */
    void linkLate(ExportItem item, String issueId, String issueKey) {
        save(item, issueId, issueKey).ifPresent(id -> {
            hints.takeUp(id, issueKey);
            hints.ask(id);
        });
    }

    private Optional<Long> save(ExportItem item, String issueId, String issueKey) {
        JiraStatus initial = jira.initialStatus(item.projectKey(), item.issueType(), issueId);
        return Optional.ofNullable(transaction.execute(status -> {
            if (!items.linked(item.id())) {
                return null;
            }
            Optional<String> obstacle = obstacle(item, issueId);
            if (obstacle.isPresent()) {
                items.notLinked(item.id(), issueKey + " exists, but " + obstacle.get());
                record(item, issueKey, issueKey + " was created and is not linked: " + obstacle.get());
                return null;
            }
            VulnerabilityState vulnerability =
                    vulnerabilities.lock(item.vulnerabilityId()).orElseThrow();
            long id = links.add(new IssueLinks.NewLink(
                    item.vulnerabilityId(),
                    vulnerability.workspaceId(),
                    item.projectKey(),
                    item.issueType(),
                    issueId,
                    issueKey,
                    new StatusPair(item.reservedStatus(), initial)));
            vulnerabilities.linkIssue(item.vulnerabilityId(), issueKey, item.userId());
            record(item, issueKey, "exported to " + item.projectKey() + " as " + issueKey);
            return id;
        }));
    }

    /** Locks the vulnerability; nobody links it meanwhile. */
    private Optional<String> obstacle(ExportItem item, String issueId) {
        if (vulnerabilities.lock(item.vulnerabilityId()).isEmpty()) {
            return Optional.of("the vulnerability was deleted in Faraday meanwhile");
        }
        return links.ofVulnerability(item.vulnerabilityId())
                .map(link -> "the vulnerability was linked to " + link.issueKey() + " meanwhile")
                .or(() -> links.ofIssues(List.of(issueId)).stream()
                        .findFirst()
                        .map(link -> "that issue belongs to vulnerability " + link.vulnerabilityId()));
    }

    private void record(ExportItem item, String issueKey, String what) {
        activity.record(Outcome.EXPORTED, item.correlationId(), item.vulnerabilityId(), issueKey, what, item.userId());
    }
}
