package io.faradaybridge.export;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.OnExport;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.StatusPair;
import java.util.Arrays;
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
    private final IntegrationConfigurationSource configuration;
    private final ProjectRenames renames;
    private final ExportEnds ends;
    private final TransactionOperations transaction;

    ExportLinking(
            ExportItems items,
            IssueLinks links,
            Hints hints,
            Vulnerabilities vulnerabilities,
            JiraClient jira,
            IntegrationConfigurationSource configuration,
            ProjectRenames renames,
            ExportEnds ends,
            TransactionOperations transaction) {
        this.items = items;
        this.links = links;
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
        this.jira = jira;
        this.configuration = configuration;
        this.renames = renames;
        this.ends = ends;
        this.transaction = transaction;
    }

    /** The pair is that of {@link #start}; nothing moved is missed so. */
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
        String project = project(item, issueKey);
        JiraStatus initial = jira.initialStatus(project, item.issueType(), issueId);
        return Optional.ofNullable(transaction.execute(status -> {
            if (!items.linked(item.id())) {
                return null;
            }
            Optional<VulnerabilityState> locked = vulnerabilities.lock(item.vulnerabilityId());
            Optional<String> whyNot = locked.isEmpty()
                    ? Optional.of("the vulnerability was deleted in Faraday meanwhile")
                    : whyNot(item, issueId);
            if (whyNot.isPresent()) {
                items.notLinked(item.id(), issueKey + " exists, but " + whyNot.get());
                ends.notLinked(item, issueKey, whyNot.get());
                return null;
            }
            VulnerabilityState vulnerability = locked.orElseThrow();
            StatusPair start = start(item, vulnerability.status(), initial);
            long id = links.add(new IssueLinks.NewLink(
                    item.vulnerabilityId(),
                    vulnerability.workspaceId(),
                    project,
                    item.issueType(),
                    issueId,
                    issueKey,
                    start));
            vulnerabilities.linkIssue(item.vulnerabilityId(), issueKey, item.userId());
            ends.linked(item, issueKey);
            return id;
        }));
    }

    /** As Jira calls it now: it may have got another key while the issue was being created. */
    private String project(ExportItem item, String issueKey) {
        String expected = item.projectKey() + "-";
        if (!issueKey.regionMatches(true, 0, expected, 0, expected.length())) {
            renames.isRenamed(item.projectKey());
        }
        return configuration
                .current()
                .project(item.projectKey())
                .map(ProjectSettings::key)
                .orElse(item.projectKey());
    }

    /**
     * (F0, J0) as they were. Where the project's issues follow at once, F0 is a status that J0 means: the vulnerability has moved
     * from it, and the flows decide as on any other move.
     */
    private StatusPair start(ExportItem item, FaradayStatus now, JiraStatus initial) {
        Optional<StatusMapping> followed = configuration
                .current()
                .project(item.projectKey())
                .filter(project -> project.onExport() == OnExport.FOLLOW)
                .map(ProjectSettings::mapping)
                .filter(mapping -> mapping.out(now).isPresent() && !mapping.agree(now, initial));
        if (followed.isEmpty()) {
            return new StatusPair(item.reservedStatus(), initial);
        }
        StatusMapping mapping = followed.get();
        FaradayStatus before = mapping.in(initial)
                .or(() -> Arrays.stream(FaradayStatus.values())
                        .filter(status -> status != now && mapping.agree(status, initial))
                        .findFirst())
                .or(() -> Arrays.stream(FaradayStatus.values())
                        .filter(status -> status != now)
                        .findFirst())
                .orElseThrow();
        return new StatusPair(before, initial);
    }

    /** While the vulnerability is locked nobody links it. */
    private Optional<String> whyNot(ExportItem item, String issueId) {
        return links.ofVulnerability(item.vulnerabilityId())
                .map(link -> "the vulnerability was linked to " + link.issueKey() + " meanwhile")
                .or(() -> links.ofIssues(List.of(issueId)).stream()
                        .findFirst()
                        .map(link -> "that issue belongs to vulnerability " + link.vulnerabilityId()));
    }
}
