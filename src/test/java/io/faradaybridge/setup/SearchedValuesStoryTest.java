package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Values that no create screen lists: sprints, teams, epics, request types. People name them; they are stored and sent by
 * their ids. And projects that differ from others: team-managed, or with two types of one name.
 */
class SearchedValuesStoryTest {

    /** One for each kind of Jira; each story has a project of its own in it. */
    private static final Map<Edition, BridgeWorld> worlds = new EnumMap<>(Edition.class);

    private BridgeWorld world;
    private Administrator administrator;

    @AfterAll
    static void leave() {
        worlds.values().forEach(BridgeWorld::close);
    }

    private void enter(Edition edition) {
        world = worlds.computeIfAbsent(edition, kind -> BridgeWorld.of(kind.options()));
        world.jira().calm();
        administrator = Administrator.of(world);
    }

    private HttpResponse<String> save(String key, String type, String fields) {
        return administrator.tryPut(
                "projects/" + key + "/ticket-config", "{'issue_type': '" + type + "', 'fields': " + fields + "}");
    }

    private void saved(String key, String type, String fields) {
        HttpResponse<String> answer = save(key, type, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode stored(String key, String type, String field) {
        return administrator
                .row()
                .path("projects")
                .path(key)
                .at("/ticket_config/issue_types/" + type + "/fields/" + field);
    }

    private void add(String key) {
        administrator.put("projects/" + key, "{}");
    }

    private void activate(String key) {
        administrator.put(
                "projects/" + key + "/attribute-mapping",
                "{'incoming': {'To Do': 'open', 'Done': 'closed'}, 'outgoing': {'open': 'To Do', 'closed': 'Done'}}");
        administrator.put("projects/" + key + "/active", "{'active': true}");
    }

    private SandboxIssue exported(String key) {
        return exported(key, world.vulnerabilities(1).get(0));
    }

    private SandboxIssue exported(String key, int vulnerability) {
        long batch = world.export(List.of(vulnerability), key).path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).at("/items/0/state").asText())
                .as(world.batch(batch).toString())
                .isEqualTo("linked");
        return world.jira().issue(world.issueKey(vulnerability));
    }

    @EachJira
    void sprint_team_epic_and_assets_are_named_by_people_and_sent_by_their_ids(Edition edition) {
        enter(edition);
        world.jira().addAgileProject("AGI");
        world.jira().createPerson("AGI", "Bug", "Security hardening (2026)");
        world.jira().createPerson("AGI", "Bug", "Hardening of security: 2026");
        add("AGI");

        saved("AGI", "Bug", """
                        {'Sprint': 'hardening', 'Team': 'Blue & green', 'Epic Link': 'Security hardening (2026)',
                         'Parent': 'agi-2', 'Assets': ['Web server', 'Mail server']}""");

        assertThat(stored("AGI", "Bug", "Sprint/value"))
                .isEqualTo(BridgeWorld.json("{\"id\": \"20\", \"name\": \"Hardening - Security board\"}"));
        assertThat(stored("AGI", "Bug", "Team/value/name").asText()).isEqualTo("Blue & green");
        assertThat(stored("AGI", "Bug", "Epic Link/value").asText()).isEqualTo("AGI-1");
        activate("AGI");
        SandboxIssue issue = exported("AGI");
        assertThat(issue.fields().get("customfield_50001").toString()).contains("\"id\":\"20\"");
        assertThat(issue.fields().get("customfield_50002").path("name").asText())
                .isEqualTo("Blue & green");
        assertThat(issue.fields().get("customfield_50003").asText()).isEqualTo("AGI-1");
        assertThat(issue.fields().get("parent").path("key").asText()).isEqualTo("AGI-2");
        assertThat(issue.fields().get("customfield_50004").toString()).isEqualTo("[{\"id\":\"a-8\"},{\"id\":\"a-7\"}]");
    }

    @EachJira
    void a_name_that_means_nothing_or_several_things_is_refused_with_what_there_is(Edition edition) {
        enter(edition);
        world.jira().addAgileProject("VAG");
        add("VAG");

        HttpResponse<String> answer = save("VAG", "Bug", """
                {'Sprint': 'Sprint 3', 'Team': 'Team Red', 'Epic Link': 'No such epic', 'Assets': 'server'}""");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode problems = BridgeWorld.json(answer.body()).at("/messages/json");
        assertThat(problems.at("/Sprint/0").asText())
                .contains("'Sprint 3' means several: Sprint 3 - Security board (17), Sprint 3 - Shop board (18)");
        assertThat(problems.at("/Team/0").asText()).contains("no value 'Team Red'", "its name or its id");
        assertThat(problems.at("/Epic Link/0").asText()).contains("no issue 'No such epic'");
        assertThat(problems.at("/Assets/0").asText())
                .contains("no value 'server'; similar are Mail server (a-7), Web server (a-8)");
    }

    @EachJira
    void a_template_names_them_too_and_each_name_is_searched_for_once(Edition edition) {
        enter(edition);
        world.jira().addAgileProject("TPL");
        world.jira().createPerson("TPL", "Bug", "All of bulk");
        add("TPL");
        saved("TPL", "Bug", """
                        {'Sprint': {'template': '{{ \\"Sprint 30\\" if tags else \\"\\" }}', 'value': 17},
                         'Team': {'by_severity': {'critical': 'Red team'}, 'value': 'Blue & green'},
                         'Epic Link': {'template': 'All of {{ tags|first }}', 'value': 'TPL-1'}}""");
        activate("TPL");
        List<Integer> vulnerabilities = world.vulnerabilities(6);
        world.jira().clearRequests();

        long batch = world.export(vulnerabilities, "TPL").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());

        for (int vulnerability : vulnerabilities) {
            SandboxIssue issue = world.jira().issue(world.issueKey(vulnerability));
            assertThat(issue.fields().get("customfield_50001").toString()).contains("\"id\":\"19\"");
            assertThat(issue.fields().get("customfield_50003").asText()).isEqualTo("TPL-1");
            assertThat(issue.fields().get("customfield_50002").path("name").asText())
                    .isIn("Red team", "Blue & green");
        }
        assertThat(world.jira().requests())
                .filteredOn(call -> call.path().contains("/suggestions"))
                .hasSize(1);
    }

    @EachJira
    void an_issue_of_a_service_project_gets_its_request_type(Edition edition) {
        enter(edition);
        world.jira().addServiceProject("HELP");
        add("HELP");

        assertThat(save("HELP", "Bug", "{'Request Type': 'get support'}").body())
                .contains("no request type 'get support'; similar are Report a weakness (31), Get help (32)");
        saved("HELP", "Bug", "{'Request Type': 'report a weakness'}");

        assertThat(stored("HELP", "Bug", "Request Type/value/id").asText()).isEqualTo("31");
        activate("HELP");
        assertThat(exported("HELP")
                        .fields()
                        .get("customfield_50010")
                        .path("name")
                        .asText())
                .isEqualTo("Report a weakness");
    }

    @EachJira
    void of_two_issue_types_with_one_name_the_one_with_the_id_is_created(Edition edition) {
        enter(edition);
        world.jira().addProjectWithTwinTypes("TWO");
        add("TWO");

        assertThat(save("TWO", "Bug", "{}").body()).contains("'Bug' names several issue types, 10004, 10904");
        saved("TWO", "10904", "{'Priority': 'Low'}");
        activate("TWO");
        int vulnerability = world.vulnerabilities(1).get(0);
        JsonNode preview =
                administrator.done("POST", "projects/TWO/preview", "{\"vulnerability_ids\": [" + vulnerability + "]}");

        assertThat(preview.at("/vulnerabilities/0/request/fields/issuetype/id").asText())
                .isEqualTo("10904");
        assertThat(exported("TWO", vulnerability).fields().get("priority").toString())
                .contains("Low");
    }

    @Test
    void a_team_managed_project_works_with_fields_types_and_statuses_of_its_own() {
        enter(Edition.CLOUD);
        world.jira().addTeamManagedProject("TMP");
        add("TMP");
        saved("TMP", "Bug", "{'Severity': {'by_severity': {'critical': 'Critical'}, 'value': 'Low'}}");
        activate("TMP");
        assertThat(administrator
                        .row()
                        .at("/projects/TMP/attribute_mapping/status_ids")
                        .toString())
                .contains("60100", "60102");

        Link link = Link.exported(world, "TMP");

        SandboxIssue issue = world.jira().issue(link.issueKey());
        assertThat(issue.fields().get("customfield_60001").path("value").asText())
                .isIn("Critical", "Low");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        assertThat(world.jira().issue(link.issueKey()).statusId()).isEqualTo("60102");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "To Do");
        world.sweep();
        link.awaitFaraday("open");
    }

    private JsonNode values(String key, String field, String query) {
        return administrator.get("projects/" + key + "/issue-types/Bug/fields/"
                + URLEncoder.encode(field, StandardCharsets.UTF_8).replace("+", "%20") + "/values?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    private List<String> names(String key, String field, String query) {
        return values(key, field, query).path("values").findValuesAsText("name");
    }

    @EachJira
    void the_values_to_choose_from_are_found_by_a_part_of_their_name(Edition edition) {
        enter(edition);
        world.jira().addAgileProject("VAL");
        world.jira().createPerson("VAL", "Bug", "Security hardening (2026)");
        world.jira().createPerson("VAL", "Bug", "Something else");
        add("VAL");

        assertThat(names("VAL", "Sprint", "sprint 3"))
                .containsExactly("Sprint 3 - Security board", "Sprint 3 - Shop board", "Sprint 30");
        assertThat(values("VAL", "Sprint", "harden").path("values").toString())
                .isEqualTo("[{\"id\":\"20\",\"name\":\"Hardening - Security board\",\"children\":[]}]");
        assertThat(names("VAL", "Team", "BLUE")).containsExactly("Blue & green");
        assertThat(names("VAL", "Assets", "server")).containsExactlyInAnyOrder("Web server", "Mail server");
        assertThat(values("VAL", "Epic Link", "hard").path("values").toString())
                .contains("\"id\":\"VAL-1\"", "Security hardening (2026)")
                .doesNotContain("VAL-2");
        assertThat(names("VAL", "parent", "VAL-2")).containsExactly("Something else");
        assertThat(names("VAL", "parent", "")).hasSize(2);
        JsonNode person = values("VAL", "Assignee", "smith").at("/values/0");
        assertThat(person.path("name").asText()).isEqualTo("Alex Smith");
        saved("VAL", "Bug", "{'Assignee': '" + person.path("id").asText() + "'}");
        assertThat(values("VAL", "Assignee", "").path("message").asText()).contains("\"query\"");
        assertThat(names("VAL", "Priority", "high")).containsExactly("Highest", "High");
        assertThat(names("VAL", "Component/s", "")).contains("Backend");
        assertThat(values("VAL", "Summary", "x").path("message").asText()).contains("no values to choose from");
        assertThat(values("VAL", "Sprint", "no such sprint").path("values")).isEmpty();
    }

    @Test
    void only_so_many_values_are_shown_and_what_is_not_there_is_said() {
        enter(Edition.DATA_CENTER_10);
        world.jira().addAgileProject("MANY");
        for (int i = 0; i < 51; i++) {
            world.jira().createPerson("MANY", "Bug", "Epic no. " + i);
        }
        add("MANY");

        JsonNode epics = values("MANY", "Epic Link", "epic");

        assertThat(epics.path("values")).hasSize(50);
        assertThat(epics.path("more").asBoolean()).isTrue();
        String field = "projects/MANY/issue-types/Bug/fields/";
        assertThat(administrator.tryGet(field + "Nothing/values").statusCode()).isEqualTo(404);
        assertThat(administrator
                        .tryGet(field + "Sprint/values?query=" + "x".repeat(256))
                        .statusCode())
                .isEqualTo(400);
        world.jira().faults().sometimes(1, "GET", "/suggestions", Fault.errorBefore(403));
        assertThat(values("MANY", "Sprint", "hard").path("message").asText())
                .contains("does not let the bridge's account");
        world.jira().faults().clear();
        world.jira().faults().sometimes(1, "GET", "/suggestions", Fault.errorBefore(500));
        assertThat(administrator.tryGet(field + "Sprint/values?query=hard").statusCode())
                .isIn(502, 503);
        assertThat(new Administrator(world, "assetowner")
                        .tryGet(field + "Sprint/values")
                        .statusCode())
                .isEqualTo(403);
    }
}
