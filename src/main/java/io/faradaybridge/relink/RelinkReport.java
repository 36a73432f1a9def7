package io.faradaybridge.relink;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the present Jira has for the next links, in the order of their vulnerabilities.
 *
 * @param url the present Jira
 * @param confirmed whether the new ids were saved
 * @param links all active links
 * @param counts these issues by their verdict
 * @param next the {@code after} of the next call; null if these were the last
 * @param message what follows, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RelinkReport(
        String url,
        boolean confirmed,
        int links,
        Map<Verdict, Integer> counts,
        List<Issue> issues,
        @Nullable Integer next,
        String message) {

    enum Verdict {
        /** The key leads to an issue of the same project, whose summary holds the vulnerability's name. */
        same,
        /** The link has its id already. */
        unchanged,
        /** Its summary says something else. */
        other_summary,
        /** The issue of this key has another key now, in this project or another one. */
        other_key,
        /** The bridge's account does not see an issue of this key. */
        missing
    }

    /**
     * @param linked whether it has the new id now, or would have it if the call is confirmed
     * @param formerId the id that the link had
     * @param id in the present Jira
     * @param name of the vulnerability
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Issue(
            int vulnerabilityId,
            String issueKey,
            Verdict verdict,
            boolean linked,
            String formerId,
            @Nullable String id,
            @Nullable String key,
            @Nullable String summary,
            @Nullable String name,
            @Nullable String status) {}
}
