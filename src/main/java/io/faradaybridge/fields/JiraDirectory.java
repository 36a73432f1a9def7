package io.faradaybridge.fields;

import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.CallResult;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks up users, groups, projects and issues in Jira, all at the same time, and keeps the answers. */
public final class JiraDirectory implements Directory {

    private final Map<Question, Found> known = new HashMap<>();

    private JiraDirectory() {}

    /** @throws io.faradaybridge.jira.JiraFailure if Jira cannot be asked at all */
    public static JiraDirectory asking(
            Collection<Question> questions, JiraClient jira, JiraRequests requests, boolean cloud) {
        JiraDirectory directory = new JiraDirectory();
        List<Question> all = new ArrayList<>(questions);
        List<CallResult> asked = jira.askAll(all.stream()
                .map(question -> question.kind().request(question.text(), requests, cloud))
                .toList());
        for (int i = 0; i < all.size(); i++) {
            directory.known.put(all.get(i), found(all.get(i), asked.get(i), cloud));
        }
        return directory;
    }

    @Override
    public Found find(Question question) {
        return known.getOrDefault(
                question, Found.unchecked(question.text(), "'" + question.text() + "' was not looked up in Jira"));
    }

    private static Found found(Question question, CallResult asked, boolean cloud) {
        String text = question.text();
        if (asked.failure() == null) {
            return question.kind().found(text, asked.orThrow().body(), cloud);
        }
        return switch (asked.failure().status()) {
            case 400, 404 -> question.kind().none(text, List.of());
            case 403 ->
                Found.unchecked(
                        text, "'" + text + "' could not be checked: Jira does not let the bridge's account look it up");
            default -> throw asked.failure();
        };
    }
}
