package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.fields.Directory.Found;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.ValueRequests;
import io.faradaybridge.jira.answers.JiraPerson;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.NamedValue;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How Jira is asked for a value that create metadata do not list, and under which key it is sent. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum LookUp {
    USER(
            "user",
            (asked, requests) ->
                    asked.cloud() && asked.text().matches("[0-9a-f]{24}|[A-Za-z0-9]{1,12}:[A-Za-z0-9-]{8,}")
                            ? ValueRequests.account(asked.text())
                            : ValueRequests.people(asked.text(), asked.cloud()),
            (text, answer, cloud) -> person(text, JiraReader.people(answer), cloud),
            answer -> JiraReader.people(answer).stream()
                    .map(person -> new NamedValue(person.reference(), person.displayName()))
                    .toList()) {
        @Override
        boolean listsAll() {
            return false;
        }

        @Override
        String key(String text, boolean cloud) {
            return cloud ? "accountId" : "name";
        }
    },
    GROUP(
            "group",
            (asked, requests) -> ValueRequests.groups(asked.text()),
            (text, answer, cloud) -> group(text, JiraReader.groups(answer)),
            answer -> JiraReader.groups(answer).stream()
                    .map(group -> new NamedValue(group, group))
                    .toList()) {
        @Override
        String key(String text, boolean cloud) {
            return "name";
        }
    },
    PROJECT(
            "project",
            (asked, requests) -> requests.project(asked.text()),
            (text, answer, cloud) -> Found.known(JiraReader.project(answer).key()),
            answer -> List.of(new NamedValue(
                    JiraReader.project(answer).key(), JiraReader.project(answer).name()))) {
        @Override
        boolean listsAll() {
            return false;
        }

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
            (asked, requests) -> isKey(asked.text())
                    ? requests.issueStatus(asked.text(), false)
                    : ValueRequests.issuesCalled(asked.text(), asked.cloud()),
            (text, answer, cloud) -> isKey(text)
                    ? Found.known(JiraReader.issue(answer).key())
                    : issue(text, JiraReader.summaries(answer)),
            JiraReader::summaries) {
        @Override
        JiraRequest search(Asked asked, JiraRequests requests) {
            return ValueRequests.issuesLike(asked.text(), asked.project(), asked.cloud());
        }

        @Override
        String checked(String text) {
            return isKey(text) ? text.toUpperCase(Locale.ROOT) : text;
        }

        @Override
        String hint(String text) {
            return isKey(text) ? "" : "; give its key, and write it as OPS-7, or its whole summary";
        }

        @Override
        String key(String text, boolean cloud) {
            return text.matches("\\d+") ? "id" : "key";
        }
    },
    /** A value of a field for which Jira has a search instead of a list, such as a sprint or a team. */
    SEARCHED(
            "value",
            (asked, requests) -> ValueRequests.suggestions(asked.field(), asked.text()),
            (text, answer, cloud) -> named(text, JiraReader.suggestions(answer)),
            JiraReader::suggestions),
    REQUEST_TYPE(
            "request type",
            (asked, requests) -> ValueRequests.requestTypes(asked.project()),
            (text, answer, cloud) -> requestType(text, JiraReader.requestTypes(answer)),
            JiraReader::requestTypes);

    /**
     * What is asked for.
     *
     * @param field see {@link Directory.Question}
     * @param project the key of the project in which it is used
     */
    record Asked(String text, String field, String project, boolean cloud) {}

    private interface Question {
        JiraRequest of(Asked asked, JiraRequests requests);
    }

    private interface Answer {
        Found found(String text, JsonNode answer, boolean cloud);
    }

    private static final int SUGGESTED = 5;

    private final String noun;
    private final Question question;
    private final Answer answer;
    private final Function<JsonNode, List<NamedValue>> reader;

    LookUp(String noun, Question question, Answer answer, Function<JsonNode, List<NamedValue>> reader) {
        this.noun = noun;
        this.question = question;
        this.answer = answer;
        this.reader = reader;
    }

    JiraRequest request(Asked asked, JiraRequests requests) {
        return question.of(asked, requests);
    }

    Found found(String text, JsonNode body, boolean cloud) {
        return answer.found(text, body, cloud);
    }

    /** For values that match a part of their name. */
    JiraRequest search(Asked asked, JiraRequests requests) {
        return request(asked, requests);
    }

    /** Whether {@link #search} without a text finds the first of all values. */
    boolean listsAll() {
        return true;
    }

    /** What {@link #search} found, with the ids or keys that are given as values. */
    List<NamedValue> values(JsonNode body) {
        return reader.apply(body);
    }

    /** The text as Jira can be asked for it. */
    String checked(String text) throws NotAccepted {
        return text;
    }

    /** What to give instead of a text that was not found. */
    String hint(String text) {
        return "";
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

    static boolean isKey(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9_]*-\\d+|\\d+");
    }

    /** By its summary; a key says more than an id. */
    private static Found issue(String text, List<NamedValue> issues) {
        Found found = called(ISSUE, text, issues, issue -> issue.name().equalsIgnoreCase(text));
        return found.stored() == null ? found : Found.known(found.stored());
    }

    private static Found requestType(String text, List<NamedValue> types) {
        return called(
                REQUEST_TYPE,
                text,
                types,
                type -> type.id().equals(text) || type.name().equalsIgnoreCase(text));
    }

    /** Jira may show more than the name, such as a sprint's board or date behind it. */
    private static Found named(String text, List<NamedValue> values) {
        Predicate<NamedValue> exactly =
                value -> value.name().equalsIgnoreCase(text) || value.id().equals(text);
        Predicate<NamedValue> withMore = value -> value.name().length() > text.length()
                && value.name().regionMatches(true, 0, text, 0, text.length())
                && !Character.isLetterOrDigit(value.name().charAt(text.length()))
                && value.name().substring(text.length()).matches("\\s*[-(\\[].*");
        return called(SEARCHED, text, values, values.stream().anyMatch(exactly) ? exactly : withMore);
    }

    private static Found called(LookUp kind, String text, List<NamedValue> values, Predicate<NamedValue> meant) {
        List<NamedValue> matching = values.stream().filter(meant).toList();
        if (matching.size() == 1) {
            return Found.named(matching.get(0).id(), matching.get(0).name());
        }
        List<String> shown = (matching.isEmpty() ? values : matching)
                .stream().map(value -> value.name() + " (" + value.id() + ")").toList();
        return matching.isEmpty()
                ? kind.none(text, shown)
                : Found.unknown("'" + text + "' means several: "
                        + shown.stream().limit(SUGGESTED).collect(Collectors.joining(", ")) + "; give the id of one");
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
