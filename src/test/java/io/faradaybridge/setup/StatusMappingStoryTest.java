package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator says what statuses mean for the other side. */
class StatusMappingStoryTest {

    private static final String MAPPING = "projects/SEC/attribute-mapping";

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
    }

    @Test
    void labels_names_and_ids_in_any_form_are_saved_as_both_sides_store_them() {
        JsonNode saved = administrator.put(MAPPING, """
                {'incoming': {' done ': 'Closed', '3': 'RE_OPENED', 'To Do': 'opened', 'In Review': ''},
                 'outgoing': {'Risk-Accepted': {'id': '10001'}, 'Re-Opened': {'name': 'in progress'}, 'OPEN': 'to do'},
                 'policy': 'Faraday-Wins'}""");

        assertThat(saved.path("attribute_mapping")).isEqualTo(BridgeWorld.json("""
                {"incoming": {"Done": "closed", "In Progress": "re-opened", "To Do": "open"},
                 "outgoing": {"risk-accepted": "Done", "re-opened": "In Progress", "open": "To Do"},
                 "policy": "faraday-wins",
                 "status_ids": {"Done": "10001", "In Progress": "3", "To Do": "10000"}}"""));
    }

    @Test
    void a_way_by_names_or_ids_is_saved_with_the_ids_of_its_statuses_until_it_is_switched_off() {
        JsonNode saved = administrator.put(MAPPING, "{'via': {'done': ['in progress', '10100']}}");

        assertThat(saved.at("/attribute_mapping/via"))
                .isEqualTo(BridgeWorld.json("{\"Done\": [\"In Progress\", \"In Review\"]}"));
        assertThat(saved.at("/attribute_mapping/status_ids/In Review").asText()).isEqualTo("10100");
        assertThat(administrator.put(MAPPING, "{'policy': 'jira-wins'}").at("/attribute_mapping/status_ids/In Review"))
                .isEqualTo(saved.at("/attribute_mapping/status_ids/In Review"));
        assertThat(administrator.put(MAPPING, "{'via': {}}").at("/attribute_mapping/via"))
                .isEmpty();
        assertThat(administrator
                        .put(MAPPING, "{'via': 'off'}")
                        .at("/attribute_mapping")
                        .has("via"))
                .isFalse();
    }

    @Test
    void a_way_that_cannot_be_gone_is_refused() {
        HttpResponse<String> refused = administrator.tryPut(
                MAPPING,
                "{'via': {'Done': ['In Review', 'Nowhere', 'in review'], 'To Do': [],"
                        + " 'In Review': ['To Do', 'In Progress', 'Done', '1', '2', '3']}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body()).at("/messages/json/via").toString())
                .contains(
                        "'Nowhere' is not a status of project SEC",
                        "the way to 'Done' enters 'In Review' twice",
                        "'To Do' needs a list of 1 to 5 statuses on the way to it",
                        "'In Review' needs a list of 1 to 5 statuses");
        assertThat(administrator.tryPut(MAPPING, "{'via': 'on'}").body()).contains("must be an object");
    }

    @Test
    void a_new_issue_in_place_of_reopening_is_chosen_and_taken_back() {
        assertThat(administrator
                        .put(MAPPING, "{'reopen': 'New_Issue'}")
                        .at("/attribute_mapping/reopen")
                        .asText())
                .isEqualTo("new_issue");
        assertThat(administrator
                        .put(MAPPING, "{'reopen': 'transition'}")
                        .at("/attribute_mapping")
                        .has("reopen"))
                .isFalse();
        assertThat(administrator.tryPut(MAPPING, "{'reopen': 'never'}").body())
                .contains("must be transition or new_issue");
    }

    @Test
    void a_status_that_does_not_exist_is_refused_naming_those_that_do() {
        JsonNode before = administrator.row();

        HttpResponse<String> refused = administrator.tryPut(
                MAPPING,
                "{'incoming': {'Dun': 'closed', 'Done': 'fixed', 'To Do': 'open', 'to do': 'open'},"
                        + " 'outgoing': {'closed': 'Ready'}, 'policy': 'coin'}");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode problems = BridgeWorld.json(refused.body()).at("/messages/json");
        assertThat(problems.path("incoming").toString())
                .contains(
                        "'Dun' is not a status of project SEC; it has To Do, In Progress, In Review, Done",
                        "'fixed' is not a status of Faraday; use open, closed, re-opened or risk-accepted",
                        "'To Do' is given twice");
        assertThat(problems.path("outgoing").toString()).contains("'Ready' is not a status of project SEC");
        assertThat(problems.path("policy").toString()).contains("jira-wins or faraday-wins");
        assertThat(administrator.row()).isEqualTo(before);
    }

    @Test
    void what_comes_back_as_something_else_or_not_at_all_is_pointed_out() {
        JsonNode saved = administrator.put(
                MAPPING,
                "{'incoming': {'Done': 'closed', 'In Progress': 're-opened'},"
                        + " 'outgoing': {'risk-accepted': 'Done', 'open': 'To Do'}}");

        assertThat(saved.path("warnings").toString())
                .contains(
                        "'risk-accepted' is mapped to Jira's 'Done', but 'Done' is mapped to 'closed'",
                        "'open' is mapped to Jira's 'To Do', but 'To Do' has no incoming mapping",
                        "Jira's 'In Progress' is mapped to 're-opened', but 're-opened' has no outgoing mapping");
    }

    @Test
    void activation_names_each_status_that_the_mapping_leaves_out() {
        world.configure("jsonb_set(value, '{projects,WEB}', (value->'projects'->'WEB') || '{\"active\": false,"
                + " \"attribute_mapping\": {\"incoming\": {\"Done\": \"closed\"}, \"outgoing\": {\"closed\":"
                + " \"Done\"}}}')");

        JsonNode warnings =
                administrator.put("projects/WEB/active", "{'active': true}").path("warnings");

        assertThat(warnings).hasSize(6);
        assertThat(warnings.toString())
                .contains(
                        "WEB: Faraday's 'open' has no outgoing mapping",
                        "WEB: Faraday's 're-opened' has no outgoing mapping",
                        "WEB: Faraday's 'risk-accepted' has no outgoing mapping",
                        "WEB: Jira's 'To Do' has no incoming mapping",
                        "WEB: Jira's 'In Progress' has no incoming mapping",
                        "WEB: Jira's 'In Review' has no incoming mapping")
                .doesNotContain("'closed' has", "'Done' has");
    }

    @Test
    void so_does_enabling_the_integration_for_each_active_project() {
        world.configure("jsonb_set(value || '{\"enabled\": false}', '{projects,SEC,attribute_mapping}', '{}')");

        JsonNode warnings = administrator.put("enabled", "{'enabled': true}").path("warnings");

        assertThat(warnings.toString())
                .contains(
                        "SEC: Faraday's 'open' has no outgoing mapping",
                        "SEC: Faraday's 'closed' has no outgoing mapping",
                        "SEC: Jira's 'To Do' has no incoming mapping",
                        "SEC: Jira's 'Done' has no incoming mapping",
                        "WEB: Faraday's 'risk-accepted' has no outgoing mapping")
                .doesNotContain("WEB: Faraday's 'open'");
    }

    @Test
    void a_mapping_holds_by_its_ids_where_jira_calls_its_statuses_otherwise() {
        administrator.put(
                MAPPING,
                "{'incoming': {'To Do': 'open', 'In Progress': 're-opened', 'Done': 'closed'},"
                        + " 'outgoing': {'open': 'To Do', 're-opened': 'In Progress', 'closed': 'Done'}}");
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().oddities().enable(Oddity.LOCALISED_STATUSES);
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");
        link.awaitFaraday("closed");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "re-opened");

        link.awaitJira("In Progress");
        link.awaitQuiet();
    }

    @Test
    void statuses_are_shown_by_issue_type() {
        JsonNode types = administrator.get("projects/SEC/statuses").path("issue_types");

        assertThat(types.findValuesAsText("name")).contains("Bug", "To Do", "Done");
        assertThat(types.at("/0/statuses/0/id").asText()).isEqualTo("10000");
    }
}
