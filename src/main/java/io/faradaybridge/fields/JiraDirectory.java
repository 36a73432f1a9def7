package io.faradaybridge.fields;

import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.NamedValue;
import io.faradaybridge.jira.client.CallResult;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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

    /**
     * The values of a field that contain the text, for a user who chooses one.
     *
     * @throws io.faradaybridge.jira.JiraFailure if Jira cannot be asked at all
     */
    public FieldValues values(CreateMetaField field, String text) {
        FieldSupport support = FieldSupport.of(field);
        LookUp kind = FieldType.lookUp(field);
        if (support.level() == FieldSupport.Level.NONE) {
            return FieldValues.none(field, support.reason());
        }
        if (field.listed() && !(kind != null && field.allowedValues().isEmpty())) {
            return FieldValues.listed(field, text);
        }
        if (kind == null) {
            return FieldValues.none(field, "Jira has no values to choose from for this field");
        }
        if (text.isEmpty() && !kind.listsAll()) {
            return FieldValues.none(field, "give a part of the name as \"query\"");
        }
        CallResult asked = jira.askAll(List.of(kind.search(
                        new LookUp.Asked(text, field.clause(), projectKey, cloud.getAsBoolean()), requests)))
                .get(0);
        if (asked.failure() == null) {
            List<NamedValue> found = kind.values(asked.orThrow().body());
            return FieldValues.found(field, kind == LookUp.REQUEST_TYPE ? containing(found, text) : found);
        }
        return switch (asked.failure().status()) {
            case 400, 404 -> FieldValues.none(field, "Jira finds nothing for '" + text + "'");
            case 403 -> FieldValues.none(field, "Jira does not let the bridge's account look up these values");
            default -> throw asked.failure();
        };
    }

    /** Jira lists all request types, whatever is asked for. */
    private static List<NamedValue> containing(List<NamedValue> values, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return values.stream()
                .filter(value -> value.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || value.id().equals(text))
                .toList();
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
