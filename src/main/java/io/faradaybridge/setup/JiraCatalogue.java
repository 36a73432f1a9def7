package io.faradaybridge.setup;

import io.faradaybridge.fields.FieldValues;
import io.faradaybridge.fields.JiraDirectory;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.answers.JiraProject;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.ProjectPage;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.Page;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Reads projects, issue types and statuses of Jira for a user who waits for the answer. */
@Component
class JiraCatalogue {

    /** The time limit of all calls of Jira for one request of the API together. */
    private static final Duration PATIENCE = Duration.ofMillis(8_500);

    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_QUERY = 255;
    private static final List<String> USUAL = List.of("Vulnerability", "Security vulnerability", "Bug", "Task");

    private final JiraClient jira;
    private final JiraRequests requests;

    JiraCatalogue(JiraClient jira, JiraRequests requests) {
        this.jira = jira;
        this.requests = requests;
    }

    /** A client for one request of the API, whose time limit begins now. */
    JiraClient inTime() {
        return jira.interactive(PATIENCE);
    }

    /**
     * A page of Jira's projects.
     *
     * @param count the number of all projects; null if Jira does not state it
     */
    record AvailableProjects(
            List<AvailableProject> projects,
            int page,
            int pageSize,
            @Nullable Integer count,
            boolean last) {}

    /** @param configured whether it is configured already */
    record AvailableProject(String key, String id, String name, boolean configured) {}

    /** @param page from 1 */
    AvailableProjects available(String query, int page, int pageSize, Predicate<String> configured) {
        int start = Page.of(page, pageSize, LARGEST_PAGE).offset();
        requireShort(query);
        JiraClient client = inTime();
        ProjectPage found = client.kind() == JiraKind.CLOUD
                ? JiraReader.projectPage(client.send(requests.creatableProjects(query.strip(), start, pageSize))
                        .body())
                : cut(client.projects(), query.strip().toLowerCase(Locale.ROOT), start, pageSize);
        return new AvailableProjects(
                found.projects().stream()
                        .map(project -> new AvailableProject(
                                project.key(), project.id(), project.name(), configured.test(project.key())))
                        .toList(),
                page,
                pageSize,
                found.total(),
                found.last());
    }

    private static ProjectPage cut(List<JiraProject> all, String query, int start, int most) {
        List<JiraProject> matching = all.stream()
                .filter(project -> project.key().toLowerCase(Locale.ROOT).contains(query)
                        || project.name().toLowerCase(Locale.ROOT).contains(query))
                .toList();
        return new ProjectPage(
                matching.stream().skip(start).limit(most).toList(),
                matching.size(),
                (long) start + most >= matching.size());
    }

    /** @throws ResponseStatusException 404 if there is no such project that the bridge's account may see */
    JiraProject project(JiraClient client, String key) {
        return visible(
                key, () -> JiraReader.project(client.send(requests.project(key)).body()));
    }

    /** @throws ResponseStatusException 404 */
    List<TypeStatuses> statuses(JiraClient client, String key) {
        return visible(
                key,
                () -> JiraReader.statuses(
                        client.send(requests.projectStatuses(key)).body()));
    }

    /** @throws InvalidRequest if the bridge's account may not create issues there */
    List<IssueType> issueTypes(JiraClient client, String key) {
        try {
            List<IssueType> types = client.issueTypes(key);
            if (!types.isEmpty()) {
                return types;
            }
        } catch (JiraFailure failure) {
            if (!failure.refusedOrGone()) {
                throw failure;
            }
        }
        throw new InvalidRequest(
                "project",
                "The bridge's account may not create issues in project " + key
                        + "; check that the project exists and give the account the permission Create Issues there");
    }

    private static <T> T visible(String key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JiraFailure failure) {
            if (!failure.refusedOrGone()) {
                throw failure;
            }
            throw ErrorAnswers.notFound("Jira has no project '" + InvalidRequest.shown(key)
                    + "', or does not show it to the bridge's account; check the key and the permission"
                    + " Browse Projects");
        }
    }

    /** The create screen of an issue type, by name or id. */
    CreateMeta screen(JiraClient client, String projectKey, String type) {
        List<IssueType> offered = issueTypes(client, projectKey);
        IssueType found = find(offered, type)
                .orElseThrow(() -> ErrorAnswers.notFound("Jira offers no issue type '" + InvalidRequest.shown(type)
                        + "' in " + projectKey + "; it offers " + names(offered)));
        return client.createMetas(projectKey, List.of(found)).get(0);
    }

    /** @param field name or id */
    static CreateMetaField field(CreateMeta screen, String field) {
        return screen.field(field)
                .orElseThrow(() -> ErrorAnswers.notFound("'" + InvalidRequest.shown(field)
                        + "' is not on the create screen of "
                        + screen.issueType().name()));
    }

    /** The values of a field that contain the query. */
    FieldValues values(String projectKey, String type, String field, String query) {
        requireShort(query);
        JiraClient client = inTime();
        CreateMetaField found = field(screen(client, projectKey, type), field);
        return new JiraDirectory(client, requests, () -> client.kind() == JiraKind.CLOUD, projectKey)
                .values(found, query);
    }

    private static void requireShort(String query) {
        if (query.length() > LONGEST_QUERY) {
            throw new InvalidRequest("query", "has at most " + LONGEST_QUERY + " characters");
        }
    }

    /** By name, except sub-task types; or else by id. */
    static Optional<IssueType> find(List<IssueType> types, String nameOrId) {
        String wanted = nameOrId.strip();
        return types.stream()
                .filter(type -> type.name().equalsIgnoreCase(wanted) && !type.subtask())
                .findFirst()
                .or(() ->
                        types.stream().filter(type -> type.id().equals(wanted)).findFirst());
    }

    /** The type that vulnerabilities usually become, else the first that is no sub-task. */
    static Optional<IssueType> usual(List<IssueType> types) {
        List<IssueType> whole = types.stream().filter(type -> !type.subtask()).toList();
        return USUAL.stream()
                .flatMap(name -> whole.stream().filter(type -> type.name().equalsIgnoreCase(name)))
                .findFirst()
                .or(() -> whole.stream().findFirst());
    }

    static String names(List<IssueType> types) {
        return types.stream().map(IssueType::name).collect(Collectors.joining(", "));
    }
}
