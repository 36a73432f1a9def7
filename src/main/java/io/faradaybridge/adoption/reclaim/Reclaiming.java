package io.faradaybridge.adoption.reclaim;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.adoption.reclaim.ReclaimReport.Issue;
import io.faradaybridge.adoption.reclaim.ReclaimReport.Verdict;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityIdentities;
import io.faradaybridge.faraday.VulnerabilityIdentity;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.existing.EndedIssues;
import io.faradaybridge.link.existing.ExistingIssues;
import io.faradaybridge.link.existing.ExistingIssues.LinkConflict;
import io.faradaybridge.link.existing.UnadoptedKeys;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.web.InvalidRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds issues of the bridge that its restored database does not know, by what each says of its vulnerability, and links
 * them if a user confirms it: each in a transaction of its own, so that an interrupted call is simply repeated. The
 * newest come first, since an older issue of the same vulnerability was unlinked before the newer one was made.
 */
@Component
class Reclaiming {

    private final CreatedIssues created;
    private final IssueLinks links;
    private final EndedIssues ended;
    private final ExistingIssues existing;
    private final UnadoptedKeys keys;
    private final Vulnerabilities vulnerabilities;
    private final VulnerabilityIdentities identities;
    private final FaradayUsers users;
    private final IntegrationConfigurationSource configuration;
    private final JdbcClient jdbc;

    Reclaiming(
            CreatedIssues created,
            IssueLinks links,
            EndedIssues ended,
            ExistingIssues existing,
            UnadoptedKeys keys,
            Vulnerabilities vulnerabilities,
            VulnerabilityIdentities identities,
            FaradayUsers users,
            IntegrationConfigurationSource configuration,
            JdbcClient jdbc) {
        this.created = created;
        this.links = links;
        this.ended = ended;
        this.existing = existing;
        this.keys = keys;
        this.vulnerabilities = vulnerabilities;
        this.identities = identities;
        this.users = users;
        this.configuration = configuration;
        this.jdbc = jdbc;
    }

    /** @param accepted vulnerabilities that a user has compared with their issues */
    record Choice(
            String project, Instant since, @Nullable String after, Collection<Integer> accepted, boolean confirm) {}

    ReclaimReport next(Choice choice, FaradayUser user) {
        CreatedIssues.Page page = created.page(choice.project(), minutesSince(choice.since()), choice.after());
        KnownIssues known = known(page, choice, user);
        List<Issue> issues = new ArrayList<>();
        for (IssueSnapshot issue : page.issues()) {
            issues.add(known.verdict(issue));
        }
        if (choice.confirm()) {
            link(page, issues, user);
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        issues.forEach(issue -> counts.merge(issue.verdict(), 1, Integer::sum));
        return new ReclaimReport(
                choice.project(), choice.confirm(), counts, issues, page.next(), message(choice, counts, page.next()));
    }

    private long minutesSince(Instant since) {
        Instant now = jdbc.sql("SELECT clock_timestamp() AS now")
                .query((row, n) -> Columns.instant(row, "now"))
                .single();
        Duration ago = Duration.between(since, now);
        if (ago.isNegative() || ago.toDays() > 3650) {
            throw new InvalidRequest("since", "must be the time of the backup, at most ten years ago");
        }
        return ago.toMinutes() + 1;
    }

    private KnownIssues known(CreatedIssues.Page page, Choice choice, FaradayUser user) {
        List<String> ids = page.issues().stream().map(IssueSnapshot::id).toList();
        Map<String, IssueLink> ofIssues = ids.isEmpty()
                ? Map.of()
                : links.ofIssues(ids).stream().collect(Collectors.toMap(IssueLink::issueId, Function.identity()));
        Map<String, JsonNode> properties = page.properties(
                ids.stream().filter(id -> !ofIssues.containsKey(id)).toList());
        Map<String, VulnerabilityIdentity> made = new HashMap<>();
        properties.forEach(
                (id, value) -> VulnerabilityIdentity.in(value).ifPresent(identity -> made.put(id, identity)));
        Set<Integer> named =
                made.values().stream().map(VulnerabilityIdentity::id).collect(Collectors.toSet());
        Map<Integer, VulnerabilityState> states = vulnerabilities.findById(named);
        Set<Integer> workspaces = users.enterable(user.id());
        states.values().removeIf(state -> !workspaces.contains(state.workspaceId()));
        return new KnownIssues(
                choice.accepted(),
                ofIssues,
                links.keys(named),
                ended.among(made.keySet()),
                vulnerabilities.disassociated(named),
                keys.exporting(named),
                properties.keySet(),
                made,
                identities.of(states.keySet()),
                states,
                workspaces,
                new HashMap<>());
    }

    /** Links what is linkable, and replaces the verdicts in the list. */
    private void link(CreatedIssues.Page page, List<Issue> issues, FaradayUser user) {
        List<String> linkable = new ArrayList<>();
        for (int i = 0; i < issues.size(); i++) {
            if (issues.get(i).verdict() == Verdict.linkable) {
                linkable.add(page.issues().get(i).id());
            }
        }
        Map<String, IssueSnapshot> now = page.now(linkable);
        for (int i = 0; i < issues.size(); i++) {
            Issue shown = issues.get(i);
            Integer vulnerability = shown.vulnerabilityId();
            if (shown.verdict() == Verdict.linkable && vulnerability != null) {
                IssueSnapshot issue = now.get(page.issues().get(i).id());
                issues.set(i, issue == null ? gone(shown) : linked(shown, vulnerability, issue, user));
            }
        }
    }

    private Issue linked(Issue shown, int vulnerability, IssueSnapshot issue, FaradayUser user) {
        ExistingIssues.Result result = existing.reclaim(vulnerability, issue, configuration.current(), user);
        LinkConflict conflict = result.conflict();
        IssueLink other = result.other();
        if (conflict == null) {
            return with(shown, Verdict.linked, null);
        }
        if (other != null && other.issueId().equals(issue.id())) {
            return with(shown, Verdict.already_linked, null);
        }
        return switch (conflict) {
            case LINKED ->
                with(
                        shown,
                        Verdict.other_issue,
                        "vulnerability " + vulnerability + " was linked to "
                                + (other == null ? "another issue" : other.issueKey()) + " meanwhile");
            case EXPORTING -> with(shown, Verdict.not_linkable, KnownIssues.EXPORTING);
            case CHANGED, SHARED -> with(shown, Verdict.not_linkable, "it was changed meanwhile; repeat the call");
        };
    }

    private static Issue gone(Issue shown) {
        return with(shown, Verdict.not_linkable, "Jira does not show it any more");
    }

    private static Issue with(Issue shown, Verdict verdict, @Nullable String reason) {
        return new Issue(shown.issueKey(), shown.summary(), verdict, shown.vulnerabilityId(), shown.name(), reason);
    }

    private static String message(Choice choice, Map<Verdict, Integer> counts, @Nullable String next) {
        int open = counts.getOrDefault(Verdict.linkable, 0);
        String done = choice.confirm()
                ? counts.getOrDefault(Verdict.linked, 0) + " issues were linked"
                : open == 0
                        ? "Nothing was changed, and none of these issues would be linked"
                        : "Nothing was changed. Repeat the call with \"confirm\": true to link " + open + " issues";
        return done
                + (next == null
                        ? "; these were the last"
                        : ". There are older ones: repeat the call with \"after\": \"" + next + "\"");
    }
}
