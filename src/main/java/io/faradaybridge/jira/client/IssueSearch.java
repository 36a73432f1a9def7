package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.SearchPage;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of a search one after the other. Only a token or position of a next page shows that there is one;
 * {@code isLast} may be true beside a token. A search whose pages never end is stopped, and its result is reported as
 * incomplete.
 */
final class IssueSearch {

    /** Far more pages than a sweep needs. It ends a search whose tokens never end. */
    private static final int MOST_PAGES = 10_000;

    private final JiraClient jira;

    IssueSearch(JiraClient jira) {
        this.jira = jira;
    }

    /** @param question the request of a page, by the {@link SearchPage#next} of the page before, or null for the first */
    void eachPage(Function<@Nullable String, JiraRequest> question, PageReader reader) {
        Set<String> asked = new HashSet<>();
        @Nullable String next = null;
        do {
            JiraRequest request = question.apply(next);
            JiraAnswer answer = jira.send(request);
            SearchPage page = JiraReader.search(answer.body());
            reader.read(page.issues(), answer.jiraTime());
            next = page.next();
            if (next == null && !page.last()) {
                throw endless(request, "a page has no token of a next page and is not marked as the last");
            }
            if (next != null && (!asked.add(next) || asked.size() >= MOST_PAGES)) {
                throw endless(
                        request,
                        asked.size() < MOST_PAGES
                                ? "its pages repeat: one names itself or an earlier page as the next"
                                : "there are more than " + MOST_PAGES + " pages");
            }
        } while (next != null);
    }

    private static JiraFailure endless(JiraRequest request, String why) {
        return JiraFailure.answered(
                JiraFailure.Kind.TRANSIENT,
                200,
                "Jira did not return all of " + request.subject() + ": " + why + ". The bridge uses what it got and"
                        + " asks again later. If this continues, check whether a proxy in front of Jira caches its"
                        + " answers, or Jira's search is broken");
    }
}
