package io.faradaybridge.fields;

import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.JiraPerson;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.CallResult;
import io.faradaybridge.jira.client.JiraClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** People, groups, projects and issues as Jira knows them: all asked about at the same time, then told from memory. */
public final class JiraDirectory implements Directory {

    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9a-f]{24}|[A-Za-z0-9]{1,12}:[A-Za-z0-9-]{8,}");
    private static final int SUGGESTED = 5;

    private final boolean cloud;
    private final Map<Question, Found> known = new HashMap<>();

    private JiraDirectory(boolean cloud) {
        this.cloud = cloud;
    }

    /** @throws io.faradaybridge.jira.JiraFailure where Jira cannot be asked at all */
    public static JiraDirectory asking(
            Collection<Question> questions, JiraClient jira, JiraRequests requests, boolean cloud) {
        JiraDirectory directory = new JiraDirectory(cloud);
        List<Question> all = new ArrayList<>(questions);
        List<CallResult> asked = jira.askAll(all.stream()
                .map(question -> directory.request(question, requests))
                .toList());
        for (int i = 0; i < all.size(); i++) {
            directory.known.put(all.get(i), directory.found(all.get(i), asked.get(i)));
        }
        return directory;
    }

    @Override
    public Found find(Question question) {
        return known.getOrDefault(
                question, Found.unchecked(question.text(), "'" + question.text() + "' was not looked up in Jira"));
    }

    private JiraRequest request(Question question, JiraRequests requests) {
        String text = question.text();
        return switch (question.kind()) {
            case USER -> isAccountId(text) ? requests.account(text) : requests.people(text, cloud);
            case GROUP -> requests.groups(text);
            case PROJECT -> requests.project(text);
            case ISSUE -> requests.issueStatus(text, false);
        };
    }

    private boolean isAccountId(String text) {
        return cloud && ACCOUNT_ID.matcher(text).matches();
    }

    private Found found(Question question, CallResult asked) {
        String text = question.text();
        if (asked.failure() != null) {
            return switch (asked.failure().status()) {
                case 400, 404 -> Found.unknown(none(question));
                case 403 ->
                    Found.unchecked(
                            text,
                            "'" + text + "' could not be checked: Jira does not let the bridge's account look it up");
                default -> throw asked.failure();
            };
        }
        var answer = asked.orThrow().body();
        return switch (question.kind()) {
            case USER -> person(question, JiraReader.people(answer));
            case GROUP ->
                JiraReader.groups(answer).stream()
                        .filter(text::equalsIgnoreCase)
                        .findFirst()
                        .map(Found::known)
                        .orElseGet(() -> Found.unknown(none(question) + similar(JiraReader.groups(answer))));
            case PROJECT -> Found.known(JiraReader.project(answer).key());
            case ISSUE -> Found.known(JiraReader.issue(answer).key());
        };
    }

    /** By name or account id, else by e-mail address or full name, where that means one person only. */
    private Found person(Question question, List<JiraPerson> people) {
        String text = question.text();
        List<Predicate<JiraPerson>> tries = List.of(
                person -> person.reference().equalsIgnoreCase(text),
                person -> person.email().equalsIgnoreCase(text),
                // Cloud finds by an address that it does not show
                person -> cloud && text.contains("@") && people.size() == 1,
                person -> person.displayName().equalsIgnoreCase(text));
        for (Predicate<JiraPerson> meant : tries) {
            List<JiraPerson> matching = people.stream().filter(meant).toList();
            if (matching.size() == 1) {
                return Found.known(matching.get(0).reference());
            }
            if (matching.size() > 1) {
                return Found.unknown("'" + text + "' means several people: "
                        + matching.stream().map(JiraPerson::reference).collect(Collectors.joining(", "))
                        + "; give one of these");
            }
        }
        return Found.unknown(none(question)
                + similar(people.stream()
                        .map(person -> person.reference() + " (" + person.displayName() + ")")
                        .toList()));
    }

    private static String none(Question question) {
        String text = "'" + question.text() + "'";
        return switch (question.kind()) {
            case USER -> "Jira shows the bridge's account no user " + text;
            case GROUP -> "Jira shows the bridge's account no group " + text;
            case PROJECT -> "Jira shows the bridge's account no project " + text;
            case ISSUE -> "Jira shows the bridge's account no issue " + text;
        };
    }

    private static String similar(List<String> names) {
        return names.isEmpty()
                ? ""
                : "; similar are " + names.stream().limit(SUGGESTED).collect(Collectors.joining(", "));
    }
}
