package io.faradaybridge.link.existing;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.link.NewLink;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.existing.UnadoptedKeys.Candidate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Links a vulnerability to an existing issue. The pair becomes what both sides show, and neither side is changed. The
 * vulnerability is locked meanwhile, and unique indexes decide between two concurrent attempts.
 */
@Component
public class ExistingIssues {

    private final AdoptedLinks adopted;
    private final IssueLinks links;
    private final UnadoptedKeys keys;
    private final Hints hints;
    private final Vulnerabilities vulnerabilities;
    private final Activity activity;
    private final TransactionOperations transaction;

    ExistingIssues(
            AdoptedLinks adopted,
            IssueLinks links,
            UnadoptedKeys keys,
            Hints hints,
            Vulnerabilities vulnerabilities,
            Activity activity,
            TransactionOperations transaction) {
        this.adopted = adopted;
        this.links = links;
        this.keys = keys;
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
        this.activity = activity;
        this.transaction = transaction;
    }

    /**
     * The result.
     *
     * @param linkId null if it was not linked
     * @param conflict why it was not linked; null if it was
     * @param other the existing link, if that is the reason
     */
    public record Result(
            @Nullable Long linkId,
            @Nullable LinkConflict conflict,
            @Nullable IssueLink other) {

        private static Result because(LinkConflict conflict) {
            return new Result(null, conflict, null);
        }
    }

    /** Why a vulnerability is not linked to an issue. */
    public enum LinkConflict {
        /** The vulnerability was deleted, or its key is not the one that was looked up. */
        CHANGED,
        /** The vulnerability already has a link. */
        LINKED,
        /** An export of the vulnerability is running. */
        EXPORTING,
        /** The issue has a link to another vulnerability. */
        SHARED
    }

    /**
     * Links the issue of a key in Faraday. The key is not changed while the bridge observes, even if the issue has
     * another key now.
     */
    public Result adopt(Candidate candidate, IssueSnapshot issue, IntegrationSettings settings) {
        Result result = Objects.requireNonNull(transaction.execute(status -> {
            Optional<VulnerabilityState> locked = vulnerabilities
                    .lock(candidate.vulnerabilityId())
                    .filter(now -> now.issuetracker().strip().equals(candidate.key()));
            if (locked.isEmpty()) {
                return Result.because(LinkConflict.CHANGED);
            }
            boolean writable = !settings.observes()
                    && locked.get().workspaceActive()
                    && !locked.get().workspaceReadOnly();
            String key = writable ? issue.key() : candidate.key();
            Result saved = save(locked.get(), issue, key, settings, "adopted", null);
            if (saved.linkId() != null && !key.equals(candidate.key())) {
                vulnerabilities.updateIssueKey(candidate.vulnerabilityId(), candidate.key(), key);
            }
            IssueLink other = saved.other();
            if (saved.conflict() == LinkConflict.SHARED && other != null) {
                keys.deny(candidate, UnadoptedKeys.SHARED, sharedReason(other), other.issueId());
            }
            return saved;
        }));
        takeUpHints(result, issue, candidate.key());
        return result;
    }

    /**
     * Links the issue that a user chose, and writes its key to Faraday.
     *
     * @param warnings for the user and the activity
     */
    public Result byHand(
            int vulnerabilityId,
            String typedKey,
            IssueSnapshot issue,
            IntegrationSettings settings,
            FaradayUser user,
            List<String> warnings) {
        Result result = Objects.requireNonNull(transaction.execute(status -> {
            Optional<VulnerabilityState> locked = vulnerabilities.lock(vulnerabilityId);
            if (locked.isEmpty()) {
                return Result.because(LinkConflict.CHANGED);
            }
            Result saved = save(locked.get(), issue, issue.key(), settings, "linked by " + user.username(), user.id());
            if (saved.linkId() != null) {
                vulnerabilities.linkIssue(vulnerabilityId, issue.key(), user.id());
                warnings.forEach(warning -> activity.record(
                        Outcome.ADOPTED,
                        UUID.randomUUID().toString(),
                        vulnerabilityId,
                        issue.key(),
                        warning,
                        user.id()));
            }
            return saved;
        }));
        takeUpHints(result, issue, typedKey);
        return result;
    }

    /**
     * Links the issue that the bridge made for the vulnerability before its database was restored, and writes its key to
     * Faraday. Unlike a link by hand it replaces no other key there.
     */
    public Result reclaim(int vulnerabilityId, IssueSnapshot issue, IntegrationSettings settings, FaradayUser user) {
        Result result = Objects.requireNonNull(transaction.execute(status -> {
            Optional<VulnerabilityState> locked = vulnerabilities
                    .lock(vulnerabilityId)
                    .filter(now -> now.issuetracker().isBlank()
                            || now.issuetracker().strip().equalsIgnoreCase(issue.key()));
            if (locked.isEmpty()) {
                return Result.because(LinkConflict.CHANGED);
            }
            String how = "linked again by " + user.username() + ", since the bridge made it after the restored backup,";
            Result saved = save(locked.get(), issue, issue.key(), settings, how, user.id());
            if (saved.linkId() != null) {
                vulnerabilities.linkIssue(vulnerabilityId, issue.key(), user.id());
            }
            return saved;
        }));
        takeUpHints(result, issue, issue.key());
        return result;
    }

    private Result save(
            VulnerabilityState locked,
            IssueSnapshot issue,
            String key,
            IntegrationSettings settings,
            String how,
            @Nullable Integer userId) {
        if (keys.exporting(locked.id()) != null) {
            return Result.because(LinkConflict.EXPORTING);
        }
        StatusPair shown = new StatusPair(locked.status(), issue.status());
        boolean differs = differ(settings, issue.projectKey(), shown);
        Optional<Long> id = adopted.add(
                new NewLink(
                        locked.id(),
                        locked.workspaceId(),
                        issue.projectKey(),
                        issue.issueTypeName(),
                        issue.id(),
                        key,
                        shown),
                differs);
        if (id.isEmpty()) {
            return inTheWay(locked.id(), issue);
        }
        keys.forget(locked.id());
        activity.record(
                Outcome.ADOPTED,
                UUID.randomUUID().toString(),
                locked.id(),
                key,
                how + " with " + shown
                        + (differs ? "; they differ until a person moves one side or chooses the side to follow" : "")
                        + (issue.key().equals(key) ? "" : "; in Jira it is " + issue.key() + " now"),
                userId);
        return new Result(id.get(), null, null);
    }

    private Result inTheWay(int vulnerabilityId, IssueSnapshot issue) {
        Optional<IssueLink> own = links.ofVulnerability(vulnerabilityId);
        return own.map(link -> new Result(null, LinkConflict.LINKED, link))
                .orElseGet(() -> new Result(
                        null,
                        LinkConflict.SHARED,
                        links.ofIssues(List.of(issue.id())).stream().findFirst().orElse(null)));
    }

    /** Without the id of the other vulnerability, which not every user may see. */
    public static String sharedReason(IssueLink other) {
        return "not synchronised: " + other.issueKey() + " is already linked to another vulnerability";
    }

    /** Whether the two statuses do not mean the same by the project's mapping. */
    public static boolean differ(IntegrationSettings settings, String projectKey, StatusPair shown) {
        return settings.project(projectKey)
                .filter(project -> project.mapping().differ(shown.faraday(), shown.jira()))
                .isPresent();
    }

    /**
     * A webhook that came before the link was saved left its hint in {@code unlinked_hint}. So the link is saved first
     * and the hint is looked up afterwards.
     */
    private void takeUpHints(Result result, IssueSnapshot issue, String otherKey) {
        Long id = result.linkId();
        if (id != null) {
            hints.takeUp(id, issue.key());
            if (!otherKey.equals(issue.key())) {
                hints.takeUp(id, otherKey);
            }
        }
    }
}
