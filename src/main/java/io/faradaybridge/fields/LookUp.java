package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.fields.Directory.Found;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.JiraPerson;
import io.faradaybridge.jira.answers.JiraReader;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How Jira is asked for a value that create metadata do not list, and under which key it is sent. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum LookUp {
    USER(
            "user",
            (text, requests, cloud) -> cloud && text.matches("[0-9a-f]{24}|[A-Za-z0-9]{1,12}:[A-Za-z0-9-]{8,}")
                    ? requests.account(text)
                    : requests.people(text, cloud),
            (text, answer, cloud) -> person(text, JiraReader.people(answer), cloud)) {
        @Override
        String key(String text, boolean cloud) {
            return cloud ? "accountId" : "name";
        }
    },
    GROUP(
            "group",
            (text, requests, cloud) -> requests.groups(text),
            (text, answer, cloud) -> group(text, JiraReader.groups(answer))) {
        @Override
        String key(String text, boolean cloud) {
            return "name";
        }
    },
    PROJECT(
            "project",
            (text, requests, cloud) -> requests.project(text),
            (text, answer, cloud) -> Found.known(JiraReader.project(answer).key())) {
        @Override
        String checked(String text) throws NotAccepted {
            if (!text.matches("[A-Za-z][A-Za-z0-9_]*|\\d+")) {
                throw new NotAccepted("'" + text + "' is not a project's key");
            }
            return text.toUpperCase(Locale.ROOT);
        }
    },
    ISSUE(
            "issue",
            (text, requests, cloud) -> requests.issueStatus(text, false),
            (text, answer, cloud) -> Found.known(JiraReader.issue(answer).key())) {
        @Override
        String checked(String text) throws NotAccepted {
            if (!text.matches("[A-Za-z][A-Za-z0-9_]*-\\d+|\\d+")) {
                throw new NotAccepted("'" + text + "' is not an issue's key; write it as OPS-7");
            }
            return text.toUpperCase(Locale.ROOT);
        }

        @Override
        String key(String text, boolean cloud) {
            return text.matches("\\d+") ? "id" : "key";
        }
    };

    private interface Question {
        JiraRequest of(String text, JiraRequests requests, boolean cloud);
    }

    private interface Answer {
        Found found(String text, JsonNode answer, boolean cloud);
    }

    private static final int SUGGESTED = 5;

    private final String noun;
    private final Question question;
    private final Answer answer;

    LookUp(String noun, Question question, Answer answer) {
        this.noun = noun;
        this.question = question;
        this.answer = answer;
    }

    JiraRequest request(String text, JiraRequests requests, boolean cloud) {
        return question.of(text, requests, cloud);
    }

    Found found(String text, JsonNode body, boolean cloud) {
        return answer.found(text, body, cloud);
    }

    /** The text as Jira can be asked for it. */
    String checked(String text) throws NotAccepted {
        return text;
    }

    String key(String text, boolean cloud) {
        return "key";
    }

    Found none(String text, List<String> similar) {
        return Found.unknown("Jira shows the bridge's account no " + noun + " '" + text + "'"
                + (similar.isEmpty()
                        ? ""
                        : similar.stream().limit(SUGGESTED).collect(Collectors.joining(", ", "; similar are ", ""))));
    }

    private static Found group(String text, List<String> groups) {
        return groups.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .map(Found::known)
                .orElseGet(() -> GROUP.none(text, groups));
    }

    /** By name or account id, or else by e-mail address or full name if that is unique. */
    private static Found person(String text, List<JiraPerson> people, boolean cloud) {
        List<Predicate<JiraPerson>> tries = List.of(
                person -> person.reference().equalsIgnoreCase(text),
                person -> person.email().equalsIgnoreCase(text),
                // Cloud finds users by e-mail addresses that it does not show
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
        return USER.none(
                text,
                people.stream()
                        .map(person -> person.reference() + " (" + person.displayName() + ")")
                        .toList());
    }
}
