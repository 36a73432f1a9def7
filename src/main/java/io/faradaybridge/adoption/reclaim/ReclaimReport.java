package io.faradaybridge.adoption.reclaim;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the next issues that the bridge's account has created, newest first.
 *
 * @param confirmed whether links were saved
 * @param counts these issues by their verdict
 * @param next the {@code after} of the next call; null if these were the last
 * @param message what follows, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReclaimReport(
        String project,
        boolean confirmed,
        Map<Verdict, Integer> counts,
        List<Issue> issues,
        @Nullable String next,
        String message) {

    enum Verdict {
        /** The vulnerability that it was made for has no issue: it would be linked if the call is confirmed. */
        linkable,
        /** This call has linked it. */
        linked,
        /** It has a link. */
        already_linked,
        /** Id and creation time are the vulnerability's, but its name or place is another now: a person must look. */
        changed,
        /** Another vulnerability has this id since the restore. */
        other_vulnerability,
        /** There is no vulnerability of this id. */
        gone,
        /** Its vulnerability has another issue. */
        other_issue,
        /** Its link has ended, or a person has unlinked the vulnerability. */
        unlinked,
        /** It cannot be linked now. */
        not_linkable,
        /** An older version of the bridge made it, which did not write for which vulnerability. */
        unnamed,
        /** The bridge has not made it: it has no marker. */
        unmarked
    }

    /**
     * @param name of the vulnerability
     * @param reason why it is not linked, and what to do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Issue(
            String issueKey,
            String summary,
            Verdict verdict,
            @Nullable Integer vulnerabilityId,
            @Nullable String name,
            @Nullable String reason) {}
}
