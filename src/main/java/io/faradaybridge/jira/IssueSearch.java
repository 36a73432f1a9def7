package io.faradaybridge.jira;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a search, one after the other. Whether there is another one is told by what it is asked with and by nothing
 * else: {@code isLast} is known to be true beside a token. A Jira whose pages lead nowhere is not asked for ever, and what it
 * told is not taken for all there is.
 */
final class IssueSearch {

    /** Far more than a project has changes in a sweep; a Jira that makes up tokens gets no further. */
    private static final int MOST_PAGES = 10_000;

    private final JiraClient jira;

    IssueSearch(JiraClient jira) {
        this.jira = jira;
    }

    /** @param question the request of a page, by the {@link SearchPage#next} of the page before, or null for the first */
    void eachPage(Function<@Nullable String, JiraRequest> question, Consumer<List<IssueSnapshot>> reader) {
        Set<String> asked = new HashSet<>();
        @Nullable String next = null;
        do {
            JiraRequest request = question.apply(next);
            SearchPage page = JiraReader.search(jira.send(request).body());
            reader.accept(page.issues());
            next = page.next();
            if (next == null && !page.last()) {
                throw endless(request, "its page names no next one and does not say that it is the last");
            }
            if (next != null && (!asked.add(next) || asked.size() >= MOST_PAGES)) {
                throw endless(
                        request,
                        asked.size() < MOST_PAGES
                                ? "its pages repeat: one names itself, or one before it, as the next"
                                : "there are more than " + MOST_PAGES + " pages");
            }
        } while (next != null);
    }

    private static JiraFailure endless(JiraRequest request, String why) {
        return new JiraFailure(
                JiraFailure.Kind.TRANSIENT,
                "Jira did not tell all of " + request.subject() + ": " + why
                        + ". What it told is used; it is asked again later. If this stays, a proxy in front of Jira"
                        + " may keep its answers, or Jira's search is at fault",
                200,
                true,
                false,
                null,
                Map.of());
    }
}
