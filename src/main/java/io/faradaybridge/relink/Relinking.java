package io.faradaybridge.relink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.IssueLookup;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.existing.MovedIssues;
import io.faradaybridge.link.existing.MovedIssues.Linked;
import io.faradaybridge.link.existing.MovedIssues.Move;
import io.faradaybridge.relink.RelinkReport.Issue;
import io.faradaybridge.relink.RelinkReport.Verdict;
import io.faradaybridge.web.ErrorAnswers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks up the keys of linked issues in the Jira that is connected now, some links at a time, and saves their ids there
 * if a user confirms it. Repeating a call changes nothing more.
 */
@Component
class Relinking {

    /** As many as are looked up within some seconds. */
    static final int AT_ONCE = 200;

    private final MovedIssues moved;
    private final IssueLinks links;
    private final Vulnerabilities vulnerabilities;
    private final IssueLookup lookup;
    private final IntegrationConfiguration row;
    private final IntegrationConfigurationSource configuration;
    private final SetupAudit audit;
    private final TransactionOperations transaction;

    Relinking(
            MovedIssues moved,
            IssueLinks links,
            Vulnerabilities vulnerabilities,
            IssueLookup lookup,
            IntegrationConfiguration row,
            IntegrationConfigurationSource configuration,
            SetupAudit audit,
            TransactionOperations transaction) {
        this.moved = moved;
        this.links = links;
        this.vulnerabilities = vulnerabilities;
        this.lookup = lookup;
        this.row = row;
        this.configuration = configuration;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @param accepted links of these vulnerabilities are relinked although the summary says something else */
    RelinkReport next(int after, Collection<Integer> accepted, boolean confirm, FaradayUser user) {
        if (confirm) {
            refuseBesideWork();
        }
        List<Linked> page = moved.after(after, AT_ONCE);
        Map<String, IssueSnapshot> found = lookup.byKey(
                        page.stream().map(Linked::issueKey).distinct().toList())
                .issues();
        Map<Integer, VulnerabilityState> vulnerable = vulnerabilities.findById(
                page.stream().map(Linked::vulnerabilityId).toList());
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        List<Issue> issues = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        List<Long> lost = new ArrayList<>();
        for (Linked link : page) {
            IssueSnapshot issue = found.get(link.issueKey());
            VulnerabilityState vulnerability = vulnerable.get(link.vulnerabilityId());
            String name = vulnerability == null ? null : vulnerability.name();
            String summary = issue == null ? null : issue.summary();
            Verdict verdict = verdict(link, issue, summary, name);
            boolean accept = verdict == Verdict.same
                    || (verdict == Verdict.other_summary && accepted.contains(link.vulnerabilityId()));
            if (accept && issue != null) {
                moves.add(new Move(link.linkId(), issue));
            } else if (verdict != Verdict.unchanged) {
                lost.add(link.linkId());
            }
            counts.merge(verdict, 1, Integer::sum);
            issues.add(new Issue(
                    link.vulnerabilityId(),
                    link.issueKey(),
                    verdict,
                    accept || verdict == Verdict.unchanged,
                    link.issueId().replace(MovedIssues.FORMER, ""),
                    issue == null ? null : issue.id(),
                    issue == null ? null : issue.key(),
                    summary,
                    name,
                    issue == null ? null : issue.status().name()));
        }
        if (confirm) {
            save(moves, lost, user);
        }
        Integer next = page.size() < AT_ONCE ? null : page.get(page.size() - 1).vulnerabilityId();
        return new RelinkReport(
                configuration.current().url(),
                confirm,
                links.count(),
                counts,
                issues,
                next,
                message(confirm, next, lost.size()));
    }

    private static String message(boolean confirmed, @Nullable Integer next, int lost) {
        if (next != null) {
            return (confirmed ? "The ids of these links are saved" : "Nothing is changed")
                    + ". There are more links: repeat the call with \"after\": " + next + ", and leave the integration"
                    + " disabled until all are done";
        }
        return confirmed
                ? "The ids are saved. Save each status mapping and ticket configuration again, since statuses, fields and"
                        + " options have other ids here too; then enable the integration"
                        + (lost == 0
                                ? ""
                                : ". Links without an id here stay and will be blocked until they are"
                                        + " relinked or unlinked: they lead to no issue")
                : "Nothing is changed. Disable the integration (PUT enabled) and repeat the call with \"confirm\": true"
                        + " to save the ids; name links in vulnerability_ids to accept another summary";
    }

    private void refuseBesideWork() {
        if (!configuration.current().projectsAtWork().isEmpty()) {
            throw ErrorAnswers.conflict(
                    "the integration is enabled, so links may be worked on by ids of the former Jira;"
                            + " disable it first (PUT enabled)");
        }
        int held = moved.held();
        if (held > 0) {
            throw ErrorAnswers.conflict(held + " links are still being worked on; try again in two minutes");
        }
    }

    private static Verdict verdict(
            Linked link, @Nullable IssueSnapshot issue, @Nullable String summary, @Nullable String name) {
        if (issue == null) {
            return Verdict.missing;
        }
        if (!issue.key().equalsIgnoreCase(link.issueKey())) {
            return Verdict.other_key;
        }
        if (issue.id().equals(link.issueId())) {
            return Verdict.unchanged;
        }
        return says(summary, name) ? Verdict.same : Verdict.other_summary;
    }

    /** A summary may hold more than the name, and less of a long one. */
    private static boolean says(@Nullable String summary, @Nullable String name) {
        String said = plain(summary);
        String whole = plain(name);
        return !whole.isEmpty() && (said.contains(whole) || (said.length() >= 100 && whole.startsWith(said)));
    }

    private static String plain(@Nullable String text) {
        return text == null
                ? ""
                : text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip();
    }

    private void save(List<Move> moves, List<Long> lost, FaradayUser user) {
        transaction.executeWithoutResult(status -> {
            moved.relink(moves, lost);
            row.change(Relinking::forgetStatusIds, user.id());
            audit.record(
                    user.id(),
                    user.username(),
                    "connection.relink",
                    null,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("url", configuration.current().url())
                            .put("relinked", moves.size())
                            .put("without_issue", lost.size()));
        });
        configuration.changed();
    }

    /** The ids of the former Jira's statuses may be those of other statuses here; names are used until they are saved. */
    private static void forgetStatusIds(ObjectNode value) {
        value.path("projects").forEach(project -> {
            if (project.path("attribute_mapping") instanceof ObjectNode mapping) {
                mapping.remove(StatusMapping.STATUS_IDS);
            }
        });
    }
}
