package io.faradaybridge.fields;

import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.CallResult;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Looks up users, groups, projects and issues in Jira, and keeps the answers. */
public final class JiraDirectory implements Directory {

    private static final int MOST_KEPT = 1_000;

    private final JiraClient jira;
    private final JiraRequests requests;
    private final BooleanSupplier cloud;
    private final String projectKey;
    private final Map<Question, Found> known = new ConcurrentHashMap<>();

    /** @param cloud asked only if there are questions */
    public JiraDirectory(JiraClient jira, JiraRequests requests, BooleanSupplier cloud, String projectKey) {
        this.jira = jira;
        this.requests = requests;
        this.cloud = cloud;
        this.projectKey = projectKey;
    }

    /**
     * Asks all these questions at the same time.
     *
     * @throws io.faradaybridge.jira.JiraFailure if Jira cannot be asked at all
     */
    public List<Found> learn(Collection<Question> questions) {
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
        List<Question> all = new ArrayList<>(questions);
        boolean onCloud = !all.isEmpty() && cloud.getAsBoolean();
        List<CallResult> asked = jira.askAll(all.stream()
                .map(question -> question.kind()
                        .request(new LookUp.Asked(question.text(), question.field(), projectKey, onCloud), requests))
                .toList());
        List<Found> answers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            answers.add(found(all.get(i), asked.get(i), onCloud));
            known.put(all.get(i), answers.get(i));
        }
        return answers;
    }

    @Override
    public Found find(Question question) {
        Found found = known.get(question);
        return found == null ? learn(List.of(question)).get(0) : found;
    }

    private static Found found(Question question, CallResult asked, boolean cloud) {
        String text = question.text();
        if (asked.failure() == null) {
            return question.kind().found(text, asked.orThrow().body(), cloud);
        }
        return switch (asked.failure().status()) {
            case 400, 404 ->
                question.kind() == LookUp.SEARCHED
                        ? Found.unchecked(
                                text, "'" + text + "' could not be checked: Jira has no search for this field")
                        : question.kind().none(text, List.of());
            case 403 ->
                Found.unchecked(
                        text, "'" + text + "' could not be checked: Jira does not let the bridge's account look it up");
            default -> throw asked.failure();
        };
    }
}
