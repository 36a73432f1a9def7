package io.faradaybridge.jira.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.CreateMetaReader;
import io.faradaybridge.jira.answers.IssueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Reads the issue types of a project and the fields of its create screens: page by page, or in the form of Jira before
 * 8.4. If Jira or a proxy hides both, it reads the project's issue types and the site's fields.
 */
final class CreateMetadata {

    private final JiraClient jira;
    private final JiraRequests requests;

    CreateMetadata(JiraClient jira, JiraRequests requests) {
        this.jira = jira;
        this.requests = requests;
    }

    CreateMeta createMeta(String projectKey, String issueTypeName) {
        IssueType type = pick(issueTypes(projectKey), issueTypeName, projectKey);
        return createMetas(projectKey, List.of(type)).get(0);
    }

    List<IssueType> issueTypes(String projectKey) {
        try {
            return shownIssueTypes(projectKey);
        } catch (JiraFailure failure) {
            return whereHidden(
                    failure,
                    () -> CreateMetaReader.issueTypes(
                            jira.send(requests.project(projectKey)).body()));
        }
    }

    private List<IssueType> shownIssueTypes(String projectKey) {
        IntFunction<JiraRequest> pages = start -> requests.createMetaIssueTypes(projectKey, start);
        try {
            return pages(List.of(pages), CreateMetaReader::issueTypes).get(0);
        } catch (JiraFailure failure) {
            return CreateMetaReader.issueTypes(createMetaBefore84(projectKey, failure));
        }
    }

    List<CreateMeta> createMetas(String projectKey, List<IssueType> types) {
        try {
            return shownScreens(projectKey, types);
        } catch (JiraFailure failure) {
            List<CreateMetaField> all = whereHidden(
                    failure,
                    () -> CreateMetaReader.siteFields(
                            jira.send(requests.siteFields()).body()));
            return types.stream()
                    .map(type -> new CreateMeta(type, all, String.valueOf(failure.getMessage())))
                    .toList();
        }
    }

    /**
     * @throws JiraFailure the given one, if it does not mean that create metadata are hidden, or if the substitute
     * fails too
     */
    private static <T> T whereHidden(JiraFailure before, Supplier<T> instead) {
        if (!hides(before)) {
            throw before;
        }
        try {
            return instead.get();
        } catch (JiraFailure failure) {
            throw hides(failure) ? before : failure;
        }
    }

    /** A 400 with a message is an error of its own: there is no such project, or no permission. */
    private static boolean hides(JiraFailure failure) {
        return failure.refusedOrGone()
                && !failure.wholeSite()
                && switch (failure.status()) {
                    case 401, 403, 404 -> true;
                    case 400 -> failure.problem() == JiraProblem.UNEXPLAINED;
                    default -> false;
                };
    }

    private List<CreateMeta> shownScreens(String projectKey, List<IssueType> types) {
        try {
            List<List<CreateMetaField>> fields = pages(
                    types.stream()
                            .<IntFunction<JiraRequest>>map(
                                    type -> start -> requests.createMetaFields(projectKey, type.id(), start))
                            .toList(),
                    CreateMetaReader::fields);
            List<CreateMeta> metas = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                metas.add(new CreateMeta(types.get(i), fields.get(i)));
            }
            return metas;
        } catch (JiraFailure failure) {
            JsonNode old = createMetaBefore84(projectKey, failure);
            return types.stream().map(type -> fieldsBefore84(old, type)).toList();
        }
    }

    /** @throws JiraFailure the given one, if it does not mean that this Jira has only the old create metadata */
    private JsonNode createMetaBefore84(String projectKey, JiraFailure before) {
        if (before.status() != 404) {
            throw before;
        }
        return jira.send(requests.createMetaBefore84(projectKey)).body();
    }

    private static CreateMeta fieldsBefore84(JsonNode answer, IssueType type) {
        for (JsonNode described : answer.path("projects").path(0).path("issuetypes")) {
            if (described.path("id").asText().equals(type.id())) {
                return new CreateMeta(type, CreateMetaReader.fields(described));
            }
        }
        return new CreateMeta(type, List.of());
    }

    /**
     * Reads whole lists in two rounds of calls: all first pages at once, then all other pages. Elements of overlapping
     * pages count once.
     */
    private <T> List<List<T>> pages(List<IntFunction<JiraRequest>> lists, Function<JsonNode, List<T>> read) {
        List<Set<T>> all = new ArrayList<>();
        List<JiraRequest> others = new ArrayList<>();
        List<Set<T>> ofOthers = new ArrayList<>();
        List<JsonNode> firsts = bodies(lists.stream().map(list -> list.apply(0)).toList());
        for (int i = 0; i < lists.size(); i++) {
            Set<T> elements = new LinkedHashSet<>(read.apply(firsts.get(i)));
            all.add(elements);
            for (int start : CreateMetaReader.startsAfter(firsts.get(i))) {
                others.add(lists.get(i).apply(start));
                ofOthers.add(elements);
            }
        }
        List<JsonNode> rest = bodies(others);
        for (int i = 0; i < rest.size(); i++) {
            ofOthers.get(i).addAll(read.apply(rest.get(i)));
        }
        return all.stream().map(List::copyOf).toList();
    }

    private List<JsonNode> bodies(List<JiraRequest> questions) {
        return questions.size() == 1
                ? List.of(jira.send(questions.get(0)).body())
                : jira.askAll(questions).stream()
                        .map(asked -> asked.orThrow().body())
                        .toList();
    }

    /** Two types may have the same name, one of them for sub-tasks; a sub-task cannot be created without its parent. */
    private static IssueType pick(List<IssueType> types, String name, String projectKey) {
        return types.stream()
                .filter(type -> type.name().equalsIgnoreCase(name.strip()) && !type.subtask())
                .findFirst()
                .or(() -> types.stream().filter(type -> type.id().equals(name)).findFirst())
                .orElseThrow(() -> JiraFailure.answered(
                        JiraFailure.Kind.REFUSED,
                        400,
                        "Issues of type '" + name + "' cannot be created in project " + projectKey + "; Jira offers: "
                                + String.join(
                                        ", ",
                                        types.stream().map(IssueType::name).toList())
                                + (types.isEmpty()
                                        ? "nothing; check that the bridge's account may create issues" + " there"
                                        : "")));
    }
}
