package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Searching: {@code /search} by page number on Data Center, {@code /search/jql} by token on Cloud. */
final class SearchResource {

    private final Site site;
    private final Catalogue catalogue;
    private final IssueStore store;
    private final SearchIndex index;
    private final IssueJson json;
    private final Permissions permissions;
    private final Oddities oddities;

    SearchResource(
            Site site,
            Catalogue catalogue,
            IssueStore store,
            SearchIndex index,
            IssueJson json,
            Permissions permissions,
            Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.store = store;
        this.index = index;
        this.json = json;
        this.permissions = permissions;
        this.oddities = oddities;
    }

    private record Query(
            String jql,
            int startAt,
            int maxResults,
            List<String> fields,
            boolean changelog,
            List<String> properties,
            boolean strict) {}

    void addTo(Routes routes) {
        if (site.isCloud()) {
            routes.on("GET", "/search/jql", call -> byToken(call, fromUrl(call)))
                    .on("POST", "/search/jql", call -> byToken(call, fromBody(call)))
                    .on("GET", "/search", SearchResource::removed)
                    .on("POST", "/search", SearchResource::removed);
        } else {
            routes.on("GET", "/search", call -> byPage(call, fromUrl(call)))
                    .on("POST", "/search", call -> byPage(call, fromBody(call)));
        }
    }

    private static Answer removed(Call call) {
        throw Refusal.of(
                410,
                "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."
                        + " A full migration guideline is available at"
                        + " https://developer.atlassian.com/changelog/#CHANGE-2046");
    }

    private Query fromUrl(Call call) {
        RawRequest request = call.request();
        return new Query(
                request.query("jql").orElse(""),
                request.query("nextPageToken").map(SearchResource::position).orElse(request.queryNumber("startAt", 0)),
                request.queryNumber("maxResults", 50),
                Routes.commaSeparated(request.query("fields")),
                request.query("expand").orElse("").contains("changelog"),
                Routes.commaSeparated(request.query("properties")),
                strict(request.query("validateQuery")));
    }

    private Query fromBody(Call call) {
        JsonNode body = call.request().json();
        return new Query(
                body.path("jql").asText(""),
                body.has("nextPageToken")
                        ? position(body.get("nextPageToken").asText())
                        : body.path("startAt").asInt(0),
                body.path("maxResults").asInt(50),
                texts(body.path("fields")),
                body.path("expand").toString().contains("changelog"),
                texts(body.path("properties")),
                strict(Optional.ofNullable(body.get("validateQuery")).map(JsonNode::asText)));
    }

    private static boolean strict(Optional<String> validateQuery) {
        return validateQuery.filter(List.of("none", "warn", "false")::contains).isEmpty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static int position(String token) {
        try {
            return Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "Invalid nextPageToken.");
        }
    }

    private Answer byPage(Call call, Query query) {
        List<SandboxIssue> found = find(call, query);
        int most = Math.min(Math.max(query.maxResults(), 0), 1000);
        return Answer.json(
                200,
                Json.object(
                        "expand", "schema,names",
                        "startAt", query.startAt(),
                        "maxResults", most,
                        "total", found.size(),
                        "issues",
                                found.stream()
                                        .skip(query.startAt())
                                        .limit(most)
                                        .map(issue -> json.issue(issue, query.fields(), query.changelog()))
                                        .toList()));
    }

    private Answer byToken(Call call, Query query) {
        if (query.maxResults() < 1 || query.maxResults() > 5000) {
            throw Refusal.of(400, "The value of maxResults must be between 1 and 5000.");
        }
        List<SandboxIssue> found = find(call, query);
        boolean idsOnly = query.fields().isEmpty() || query.fields().equals(List.of("id"));
        int most = idsOnly ? query.maxResults() : Math.min(query.maxResults(), 100);
        int end = Math.min(query.startAt() + most, found.size());
        List<ObjectNode> issues = found.subList(Math.min(query.startAt(), end), end).stream()
                .map(issue -> idsOnly && query.properties().isEmpty() && !query.changelog()
                        ? Json.object("id", issue.id())
                        : withProperties(issue, query, idsOnly))
                .toList();
        boolean last = end >= found.size();
        ObjectNode page =
                Json.object("issues", issues, "isLast", last || oddities.has(Oddities.Oddity.SEARCH_PAGES_ALL_LAST));
        if (!last) {
            int next = oddities.has(Oddities.Oddity.SEARCH_TOKEN_REPEATS) ? 0 : end;
            page.put(
                    "nextPageToken",
                    Base64.getUrlEncoder().encodeToString(String.valueOf(next).getBytes(StandardCharsets.US_ASCII)));
        }
        return Answer.json(200, page);
    }

    private ObjectNode withProperties(SandboxIssue issue, Query query, boolean idsOnly) {
        ObjectNode shown = json.issue(issue, query.fields(), query.changelog());
        if (idsOnly) {
            shown.remove(List.of("fields", "key", "self"));
        }
        if (!query.properties().isEmpty()) {
            ObjectNode properties = shown.putObject("properties");
            issue.properties().forEach((name, value) -> {
                if (query.properties().contains(name) || query.properties().contains("*all")) {
                    properties.set(name, value);
                }
            });
        }
        return shown;
    }

    private List<SandboxIssue> find(Call call, Query query) {
        Jql jql = Jql.parse(query.jql());
        if (site.isCloud() && jql.clauses().isEmpty()) {
            throw Refusal.of(
                    400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
        }
        if (query.strict()) {
            jql.clauses().forEach(clause -> checkValues(call.caller(), clause));
        }
        Jql named = jql.withProjects(
                value -> catalogue.project(value).map(Project::key).orElse(value));
        String account = call.caller().person().map(Person::name).orElse("");
        return index.visible().stream()
                .filter(issue -> maySee(call.caller(), issue))
                .filter(named.predicate(site.clock().instant(), account))
                .sorted(jql.order())
                .toList();
    }

    private boolean maySee(Caller caller, SandboxIssue issue) {
        return permissions.has(
                caller, Permission.BROWSE, catalogue.project(issue.project()).orElseThrow());
    }

    /** A query that names something which is not there, or which the caller may not see, is refused as a whole. */
    private void checkValues(Caller caller, Jql.Clause clause) {
        for (String value : clause.values()) {
            boolean there =
                    switch (clause.field()) {
                        case "project" ->
                            catalogue
                                    .project(value)
                                    .filter(project -> permissions.has(caller, Permission.BROWSE, project))
                                    .isPresent();
                        case "id", "key", "issue", "issuekey" ->
                            store.find(value)
                                    .filter(issue -> maySee(caller, issue))
                                    .isPresent();
                        case "status" -> catalogue.statuses().values().stream().anyMatch(status -> status.is(value));
                        default -> true;
                    };
            if (!there) {
                throw Refusal.of(400, complaint(clause.field(), value));
            }
        }
    }

    private static String complaint(String field, String value) {
        if (field.equals("project") || field.equals("status")) {
            return "The value '" + value + "' does not exist for the field '" + field + "'.";
        }
        return value.matches("\\d+")
                ? "A value with ID '" + value + "' does not exist for the field '" + field + "'."
                : "An issue with key '" + value + "' does not exist for field '" + field + "'.";
    }
}
