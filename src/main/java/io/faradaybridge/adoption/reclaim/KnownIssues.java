package io.faradaybridge.adoption.reclaim;

import io.faradaybridge.adoption.reclaim.ReclaimReport.Issue;
import io.faradaybridge.adoption.reclaim.ReclaimReport.Verdict;
import io.faradaybridge.faraday.VulnerabilityIdentity;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.IssueLink;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge's database, Faraday and Jira say about the issues of a page.
 *
 * @param accepted vulnerabilities that a user has compared with their issues
 * @param ofIssues the links by their issues
 * @param linkedTo the keys of issues by their vulnerabilities
 * @param promised the keys of issues of this page that are linkable, by their vulnerabilities
 */
record KnownIssues(
        Collection<Integer> accepted,
        Map<String, IssueLink> ofIssues,
        Map<Integer, String> linkedTo,
        Set<String> ended,
        Set<Integer> disassociated,
        Set<Integer> exporting,
        Set<String> marked,
        Map<String, VulnerabilityIdentity> made,
        Map<Integer, VulnerabilityIdentity> identities,
        Map<Integer, VulnerabilityState> states,
        Set<Integer> workspaces,
        Map<Integer, String> promised) {

    static final String EXPORTING =
            "an export of the vulnerability is running, or it is not known whether its issue was created;"
                    + " wait until it has ended, or resolve it";

    /** Called once for each issue, in the order of the page. */
    Issue verdict(IssueSnapshot issue) {
        IssueLink link = ofIssues.get(issue.id());
        if (link != null) {
            Integer shown = workspaces.contains(link.workspaceId()) ? link.vulnerabilityId() : null;
            return new Issue(issue.key(), issue.summary(), Verdict.already_linked, shown, null, null);
        }
        VulnerabilityIdentity identity = made.get(issue.id());
        if (identity == null) {
            return marked.contains(issue.id())
                    ? without(
                            issue,
                            Verdict.unnamed,
                            "an older version of the bridge created it and did not write for which"
                                    + " vulnerability; find the vulnerability by the summary and link it with PUT"
                                    + " vulnerabilities/{id}/issue-link")
                    : without(issue, Verdict.unmarked, "it has no marker, so the bridge did not create it");
        }
        VulnerabilityState state = states.get(identity.id());
        VulnerabilityIdentity present = identities.get(identity.id());
        if (state == null || present == null) {
            return of(
                    issue,
                    identity,
                    null,
                    Verdict.gone,
                    "vulnerability " + identity.id()
                            + " does not exist, or it is in a workspace that you may not enter; if it was imported again,"
                            + " link it with PUT vulnerabilities/{id}/issue-link, otherwise close the issue in Jira");
        }
        if (!present.sameRow(identity)) {
            return of(
                    issue,
                    identity,
                    null,
                    Verdict.other_vulnerability,
                    "vulnerability " + identity.id()
                            + " was created at another time, so it is another one than the issue was made for; if that"
                            + " one was imported again, link it with PUT vulnerabilities/{id}/issue-link");
        }
        return hindrance(issue, state, present, identity);
    }

    private Issue hindrance(
            IssueSnapshot issue,
            VulnerabilityState state,
            VulnerabilityIdentity present,
            VulnerabilityIdentity identity) {
        String tracker = state.issuetracker().strip();
        String other = Optional.ofNullable(linkedTo.get(state.id()))
                .or(() -> Optional.ofNullable(promised.get(state.id())))
                .orElse(tracker);
        if (!other.isEmpty() && !other.equalsIgnoreCase(issue.key())) {
            return of(
                    issue,
                    identity,
                    state,
                    Verdict.other_issue,
                    "vulnerability " + state.id() + " has " + other + "; close one of the two issues in Jira");
        }
        if (ended.contains(issue.id()) || disassociated.contains(state.id())) {
            return of(
                    issue,
                    identity,
                    state,
                    Verdict.unlinked,
                    "it was unlinked before; link it with PUT" + " vulnerabilities/" + state.id()
                            + "/issue-link if it is to have this issue again");
        }
        if (!state.workspaceActive() || state.workspaceReadOnly()) {
            return of(
                    issue,
                    identity,
                    state,
                    Verdict.not_linkable,
                    "workspace '" + state.workspaceName() + "' is "
                            + (state.workspaceActive() ? "read-only; make it writable" : "not active; activate it")
                            + " in Faraday, and repeat the call");
        }
        if (exporting.contains(state.id())) {
            return of(issue, identity, state, Verdict.not_linkable, EXPORTING);
        }
        if (!present.fingerprint().equals(identity.fingerprint()) && !accepted.contains(state.id())) {
            return of(
                    issue,
                    identity,
                    state,
                    Verdict.changed,
                    "the name or place of vulnerability " + state.id()
                            + " is another than when the issue was made; compare them, and name it in vulnerability_ids");
        }
        promised.put(state.id(), issue.key());
        return of(issue, identity, state, Verdict.linkable, null);
    }

    private static Issue without(IssueSnapshot issue, Verdict verdict, String reason) {
        return new Issue(issue.key(), issue.summary(), verdict, null, null, reason);
    }

    private static Issue of(
            IssueSnapshot issue,
            VulnerabilityIdentity identity,
            @Nullable VulnerabilityState state,
            Verdict verdict,
            @Nullable String reason) {
        return new Issue(
                issue.key(), issue.summary(), verdict, identity.id(), state == null ? null : state.name(), reason);
    }
}
