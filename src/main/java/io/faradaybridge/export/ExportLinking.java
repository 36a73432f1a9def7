package io.faradaybridge.export;

import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.OnExport;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.export.attachments.OwedAttachments;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreatedIssue;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.NewLink;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.decision.StatusPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Saves the links of issues that exist: vulnerabilities, links, items and activity in one transaction. */
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
    private final OwedAttachments attachments;
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
            OwedAttachments attachments,
            TransactionOperations transaction) {
        this.items = items;
        this.links = links;
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
        this.jira = jira;
        this.configuration = configuration;
        this.renames = renames;
        this.ends = ends;
        this.attachments = attachments;
        this.transaction = transaction;
    }

    /** An item whose issue exists. */
    /** @param request what created it; null if that was sent earlier */
    record Created(
            ExportItem item, CreatedIssue issue, @Nullable IssueRequest request) {}

    /** An item with Jira's project and status, which are read before a transaction is open. */
    private record Placed(Created created, String project, JiraStatus initial) {

        ExportItem item() {
            return created.item();
        }

        CreatedIssue issue() {
            return created.issue();
        }
    }

    /** Links a new issue. The pair is that of {@link #start}, so that no move is missed. */
    void link(List<Created> created) {
        linkTogether(created, hints::takeUp);
    }

    /**
     * Links issues that were created earlier. Their statuses are read from Jira, since the sweep may already have
     * passed a move.
     */
    void linkLate(List<Created> created) {
        linkTogether(created, saved -> {
            hints.takeUp(saved);
            hints.ask(saved.keySet().toArray(Long[]::new));
        });
    }

    private void linkTogether(List<Created> created, Consumer<Map<Long, String>> afterwards) {
        List<Placed> placed = created.stream().map(this::placed).toList();
        try {
            afterwards.accept(save(placed));
        } catch (RuntimeException failure) {
            if (placed.size() == 1 || !concernsOne(failure)) {
                throw failure;
            }
            linkApart(placed, afterwards);
        }
    }

    /** Links the issues one by one, so that one that cannot be saved does not stop the others. */
    private void linkApart(List<Placed> placed, Consumer<Map<Long, String>> afterwards) {
        RuntimeException failed = null;
        for (Placed one : placed) {
            try {
                afterwards.accept(save(List.of(one)));
            } catch (RuntimeException failure) {
                if (!concernsOne(failure)) {
                    throw failure;
                }
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static boolean concernsOne(RuntimeException failure) {
        return !(failure instanceof TransientDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException);
    }

    private Placed placed(Created created) {
        ExportItem item = created.item();
        String project = project(item, created.issue().key());
        return new Placed(
                created,
                project,
                jira.initialStatus(project, item.issueType(), created.issue().id()));
    }

    /** @return the issues' keys by the ids of their new links */
    private Map<Long, String> save(List<Placed> placed) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Map<Long, String> ours =
                    items.lockToLink(placed.stream().map(one -> one.item().id()).toList());
            List<Placed> mine = placed.stream()
                    .filter(one -> ours.containsKey(one.item().id()))
                    .toList();
            if (mine.isEmpty()) {
                return Map.of();
            }
            List<Integer> ids =
                    mine.stream().map(one -> one.item().vulnerabilityId()).toList();
            Map<Integer, VulnerabilityState> locked = vulnerabilities.lockAll(ids).stream()
                    .collect(Collectors.toMap(VulnerabilityState::id, Function.identity()));
            List<IssueLink> others = links.ofEither(
                    ids, mine.stream().map(one -> one.issue().id()).toList());
            List<Placed> free = new ArrayList<>();
            for (Placed one : mine) {
                whyNot(one, locked.get(one.item().vulnerabilityId()), others)
                        .ifPresentOrElse(why -> notLinked(one, why), () -> free.add(one));
            }
            if (free.isEmpty()) {
                return Map.of();
            }
            items.linked(free.stream().map(one -> one.item().id()).toList());
            Map<Long, String> saved = links.addAll(free.stream()
                    .map(one -> link(
                            one, Objects.requireNonNull(locked.get(one.item().vulnerabilityId()))))
                    .toList());
            vulnerabilities.linkIssues(free.stream()
                    .map(one -> new Vulnerabilities.ShownIssue(
                            one.item().vulnerabilityId(),
                            one.issue().key(),
                            one.item().userId()))
                    .toList());
            ends.linked(free.stream().map(Placed::created).toList(), ours);
            attachments.owe(saved.keySet());
            return saved;
        }));
    }

    private NewLink link(Placed one, VulnerabilityState locked) {
        return new NewLink(
                locked.id(),
                locked.workspaceId(),
                one.project(),
                one.item().issueType(),
                one.issue().id(),
                one.issue().key(),
                start(one.item(), locked.status(), one.initial()));
    }

    private void notLinked(Placed one, String why) {
        String key = one.issue().key();
        items.notLinked(one.item().id(), key + " exists, but " + why);
        ends.notLinked(one.created(), why);
    }

    /** The present key of the project, which may have changed while the issue was created. */
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
     * The pair (F0, J0) from the reservation and the creation. If the project's issues follow at once, F0 is a status
     * that J0 is mapped to; then the vulnerability has moved from it, and the flows decide as on any other move.
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

    /** Why the issue cannot be linked. The vulnerability is locked, so no other worker links it meanwhile. */
    private static Optional<String> whyNot(Placed one, @Nullable VulnerabilityState locked, List<IssueLink> others) {
        if (locked == null) {
            return Optional.of("the vulnerability was deleted in Faraday meanwhile");
        }
        return others.stream()
                .filter(link -> link.vulnerabilityId() == locked.id())
                .map(link -> "the vulnerability was linked to " + link.issueKey() + " meanwhile")
                .findFirst()
                .or(() -> others.stream()
                        .filter(link -> link.issueId().equals(one.issue().id()))
                        .map(link -> "that issue belongs to vulnerability " + link.vulnerabilityId())
                        .findFirst());
    }
}
