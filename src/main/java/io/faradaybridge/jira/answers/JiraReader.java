package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads Jira's answers in the forms of Data Center and Cloud, and in unusual forms of real servers. */
public final class JiraReader {

    /** Jira writes {@code +0000}; ISO 8601 in Java needs a colon. Both are read. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private JiraReader() {}

    public static IssueSnapshot issue(JsonNode issue) {
        JsonNode fields = issue.path("fields");
        return new IssueSnapshot(
                issue.path("id").asText(),
                issue.path("key").asText(),
                fields.path("project").path("id").asText(),
                fields.path("project").path("key").asText(),
                fields.path("issuetype").path("name").asText(),
                status(fields.path("status")),
                fields.path("summary").asText(""),
                time(fields.path("updated").asText()),
                history(issue.path("changelog").path("histories")));
    }

    private static List<StatusChange> history(JsonNode histories) {
        List<StatusChange> changes = new ArrayList<>();
        for (JsonNode history : histories) {
            for (JsonNode item : history.path("items")) {
                if (item.path("field").asText().equals("status")) {
                    changes.add(new StatusChange(
                            new JiraStatus(
                                    item.path("from").asText(),
                                    item.path("fromString").asText()),
                            new JiraStatus(
                                    item.path("to").asText(),
                                    item.path("toString").asText()),
                            accountId(history.path("author")),
                            displayName(history.path("author")),
                            time(history.path("created").asText())));
                }
            }
        }
        // Data Center sorts from old to new, Cloud from new to old
        changes.sort(Comparator.comparing(StatusChange::at));
        return changes;
    }

    public static List<Transition> transitions(JsonNode answer) {
        List<Transition> transitions = new ArrayList<>();
        for (JsonNode transition : answer.path("transitions")) {
            List<CreateMetaField> screen = new ArrayList<>();
            transition
                    .path("fields")
                    .properties()
                    .forEach(field -> screen.add(CreateMetaReader.field(field.getKey(), field.getValue())));
            transitions.add(new Transition(
                    transition.path("id").asText(),
                    transition.path("name").asText(),
                    status(transition.path("to")),
                    screen));
        }
        return transitions;
    }

    /**
     * @param sent how many issues the request asked for
     * @throws JiraFailure of kind UNKNOWN_OUTCOME if the answer does not cover all of them
     */
    public static BulkResult bulk(JsonNode answer, int sent) {
        Map<Integer, String> errors = new HashMap<>();
        Set<String> fields = new HashSet<>();
        for (JsonNode error : answer.path("errors")) {
            JiraErrors reasons = JiraErrors.in(error.path("elementErrors"));
            fields.addAll(reasons.fields().keySet());
            String reason = reasons.text();
            errors.put(
                    error.path("failedElementNumber").asInt(-1),
                    reason.isEmpty()
                            ? "Jira gave no reason (" + error.path("status").asInt() + ")"
                            : reason);
        }
        JsonNode issues = answer.path("issues");
        Map<Integer, CreatedIssue> created = new HashMap<>();
        // Jira lists the created issues in order, without gaps for the failed ones
        for (int position = 0, next = 0; position < sent && next < issues.size(); position++) {
            if (!errors.containsKey(position)) {
                JsonNode issue = issues.path(next++);
                created.put(
                        position,
                        new CreatedIssue(
                                issue.path("id").asText(), issue.path("key").asText()));
            }
        }
        boolean complete = created.size() + errors.size() == sent
                && created.size() == issues.size()
                && errors.keySet().stream().allMatch(position -> position >= 0 && position < sent);
        if (!complete) {
            throw JiraFailure.answered(
                    JiraFailure.Kind.UNKNOWN_OUTCOME,
                    200,
                    "Jira was asked to create " + sent + " issues, but its answer lists " + issues.size()
                            + " created and " + errors.size() + " refused");
        }
        return new BulkResult(created, errors, fields);
    }

    public static SearchPage search(JsonNode answer) {
        return SearchPage.of(answer);
    }

    /** A plain array on Data Center, {@code values} on Cloud. */
    public static List<JiraProject> projects(JsonNode answer) {
        List<JiraProject> projects = new ArrayList<>();
        for (JsonNode project : answer.isArray() ? answer : answer.path("values")) {
            projects.add(project(project));
        }
        return projects;
    }

    public static JiraProject project(JsonNode project) {
        return new JiraProject(
                project.path("id").asText(),
                project.path("key").asText(),
                project.path("name").asText());
    }

    public static ProjectPage projectPage(JsonNode answer) {
        List<JiraProject> projects = projects(answer);
        boolean last = answer.path("isLast").asBoolean(projects.isEmpty());
        return new ProjectPage(
                projects, answer.has("total") ? answer.path("total").asInt() : null, last);
    }

    public static List<TypeStatuses> statuses(JsonNode answer) {
        List<TypeStatuses> types = new ArrayList<>();
        for (JsonNode type : answer) {
            List<JiraStatus> statuses = new ArrayList<>();
            Map<String, String> categories = new HashMap<>();
            for (JsonNode one : type.path("statuses")) {
                JiraStatus status = status(one);
                statuses.add(status);
                categories.put(
                        status.key(), one.path("statusCategory").path("key").asText());
            }
            types.add(new TypeStatuses(CreateMetaReader.issueType(type), statuses, categories));
        }
        return types;
    }

    /** A list of accounts, or one. */
    public static List<JiraPerson> people(JsonNode answer) {
        List<JiraPerson> people = new ArrayList<>();
        for (JsonNode person : answer.isArray() ? answer : List.of(answer)) {
            people.add(new JiraPerson(
                    person.path("accountId").asText(person.path("name").asText()),
                    person.path("displayName").asText(),
                    person.path("emailAddress").asText()));
        }
        return people;
    }

    public static List<String> groups(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path("groups").forEach(group -> names.add(group.path("name").asText()));
        return names;
    }

    /** What a search suggests as values of a field; matching letters are marked as HTML there. */
    public static List<NamedValue> suggestions(JsonNode answer) {
        List<NamedValue> found = new ArrayList<>();
        for (JsonNode result : answer.path("results")) {
            String name = plain(result.path("displayName").asText());
            found.add(new NamedValue(unquoted(result.path("value").asText()), name.strip()));
        }
        return found;
    }

    private static String plain(String html) {
        return html.replaceAll("</?b>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** The keys and summaries of issues. */
    public static List<NamedValue> summaries(JsonNode answer) {
        List<NamedValue> found = new ArrayList<>();
        answer.path("issues")
                .forEach(issue -> found.add(new NamedValue(
                        issue.path("key").asText(),
                        issue.path("fields").path("summary").asText())));
        return found;
    }

    public static List<NamedValue> requestTypes(JsonNode answer) {
        List<NamedValue> found = new ArrayList<>();
        answer.path("values")
                .forEach(type -> found.add(new NamedValue(
                        type.path("id").asText(), type.path("name").asText())));
        return found;
    }

    public static Myself myself(JsonNode answer) {
        String id = accountId(answer);
        String reference = answer.path("accountId").asText(answer.path("name").asText(id));
        return new Myself(id, displayName(answer), reference);
    }

    private static JiraStatus status(JsonNode status) {
        return new JiraStatus(status.path("id").asText(), status.path("name").asText());
    }

    private static String displayName(JsonNode person) {
        return person.path("displayName").asText(accountId(person));
    }

    /** Cloud knows people by accountId only; on Data Center the key outlives a renaming. */
    public static String accountId(JsonNode person) {
        for (String name : List.of("accountId", "key", "name")) {
            if (person.hasNonNull(name)) {
                return person.path(name).asText();
            }
        }
        return "";
    }

    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }
}
