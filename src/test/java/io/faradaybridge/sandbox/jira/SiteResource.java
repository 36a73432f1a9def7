package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.List;
import java.util.Optional;

/** What belongs to the site as a whole: who one is, its version, lists of statuses, priorities, fields, people. */
final class SiteResource {

    static final List<String> GROUPS = List.of("jira-administrators", "jira-software-users", "security-team");

    private final Site site;
    private final Catalogue catalogue;
    private final People people;
    private final Oddities oddities;

    SiteResource(Site site, Catalogue catalogue, People people, Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.people = people;
        this.oddities = oddities;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/serverInfo", call -> serverInfo())
                .on(
                        "GET",
                        "/myself",
                        call -> Answer.json(200, call.caller().required().json(site)))
                .on("GET", "/status", call -> statuses())
                .on("GET", "/priority", call -> Answer.json(200, Json.array(catalogue.priorities())))
                .on("GET", "/project/type", call -> projectTypes())
                .on("GET", "/field", call -> fields())
                .on("GET", "/user/search", this::searchUsers)
                .on("GET", "/user", this::user)
                .on("GET", "/groups/picker", this::groups);
    }

    private Answer serverInfo() {
        boolean cloud = site.isCloud();
        return Answer.json(
                200,
                Json.object(
                        "baseUrl", site.baseUrl(),
                        "version", cloud ? "1001.0.0-SNAPSHOT" : site.isEleven() ? "11.3.1" : "10.3.5",
                        "versionNumbers",
                                cloud ? List.of(1001, 0, 0) : site.isEleven() ? List.of(11, 3, 1) : List.of(10, 3, 5),
                        "deploymentType", cloud ? "Cloud" : "Server",
                        "buildNumber", cloud ? 100290 : site.isEleven() ? 11030001 : 10030005,
                        "serverTime", Site.timestamp(site.clock().instant()),
                        "serverTitle", "Sandbox Jira"));
    }

    private Answer statuses() {
        return Answer.json(
                200,
                Json.array(catalogue.statuses().values().stream()
                        .map(status -> oddities.status(status).json(site))
                        .toList()));
    }

    private static Answer projectTypes() {
        return Answer.json(
                200,
                Json.array(List.of(
                        Json.object("key", "software", "formattedKey", "Software"),
                        Json.object("key", "business", "formattedKey", "Business"))));
    }

    private Answer fields() {
        return Answer.json(
                200,
                Json.array(catalogue.fields().values().stream()
                        .map(field -> {
                            ObjectNode json = Json.object(
                                    "id", field.id(),
                                    "name", field.name(),
                                    "custom", field.isCustom(),
                                    "orderable", true,
                                    "navigable", true,
                                    "searchable", true,
                                    "clauseNames", List.of(field.id()));
                            json.set("schema", field.json(site).get("schema"));
                            return json;
                        })
                        .toList()));
    }

    private Answer searchUsers(Call call) {
        call.caller().required();
        String text = call.request()
                .query(site.isCloud() ? "query" : "username")
                .orElseThrow(() -> Refusal.of(
                        400,
                        site.isCloud()
                                ? "A value has to be provided for the 'query' parameter."
                                : "The username query parameter was not provided"));
        return Answer.json(
                200,
                Json.array(people.matching(text).stream()
                        .map(person -> person.json(site))
                        .toList()));
    }

    private Answer user(Call call) {
        call.caller().required();
        Optional<Person> person = site.isCloud()
                ? call.request().query("accountId").flatMap(people::withAccountId)
                : call.request().query("username").flatMap(people::withName);
        return Answer.json(
                200,
                person.orElseThrow(() -> Refusal.of(404, "The user does not exist"))
                        .json(site));
    }

    private Answer groups(Call call) {
        call.caller().required();
        String text = call.request().query("query").orElse("");
        List<ObjectNode> found = GROUPS.stream()
                .filter(group -> group.contains(text))
                .map(group -> Json.object("name", group, "html", group))
                .toList();
        return Answer.json(
                200,
                Json.object(
                        "header",
                        "Showing " + found.size() + " of " + found.size() + " matching groups",
                        "total",
                        found.size(),
                        "groups",
                        found));
    }
}
