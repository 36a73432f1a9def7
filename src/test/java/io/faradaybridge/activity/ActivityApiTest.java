package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People look up what became of a change. */
class ActivityApiTest {

    private static final String ACTIVITY = "/_api/v3/integrations/jira/activity";

    private BridgeWorld world;
    private Link link;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        link = Link.exported(world, "SEC");
    }

    private HttpResponse<String> get(String query) {
        return world.get(ACTIVITY + query, BridgeWorld.basic("faraday", "faraday"));
    }

    private List<String> outcomes(String query) {
        return BridgeWorld.json(get(query).body()).findValuesAsText("outcome");
    }

    @Test
    void the_events_of_a_vulnerability_and_its_issue_are_listed_newest_first() {
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();

        JsonNode found = BridgeWorld.json(
                get("?vulnerability_id=" + link.vulnerability()).body());

        assertThat(found.findValuesAsText("outcome")).containsExactly("driven", "exported");
        JsonNode newest = found.get(0);
        assertThat(newest.path("issue_key").asText()).isEqualTo(link.issueKey());
        assertThat(newest.path("vulnerability_id").asInt()).isEqualTo(link.vulnerability());
        assertThat(newest.path("at").asText()).endsWith("Z");
        assertThat(newest.path("correlation_id").asText()).isNotEmpty();
        assertThat(newest.path("detail").asText()).contains("Done");
        assertThat(outcomes("?issue_key=" + link.issueKey())).containsExactly("driven", "exported");
    }

    @Test
    void each_parameter_narrows_it_down() {
        String mine = "?vulnerability_id=" + link.vulnerability();
        JsonNode exported = BridgeWorld.json(get(mine).body()).get(0);

        assertThat(outcomes(mine + "&outcome=exported")).containsExactly("exported");
        assertThat(outcomes(mine + "&outcome=driven")).isEmpty();
        assertThat(outcomes(mine + "&since=" + exported.path("at").asText())).containsExactly("exported");
        assertThat(outcomes(mine + "&since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(outcomes(mine + "&before=" + exported.path("id").asLong())).isEmpty();
        assertThat(outcomes("?limit=1")).hasSize(1);
    }

    @Test
    void an_invalid_query_is_refused() {
        HttpResponse<String> outcome = get("?outcome=lost");
        assertThat(outcome.statusCode()).isEqualTo(400);
        assertThat(outcome.body()).contains("{\"outcome\":[\"must be one of [applied, driven,");
        HttpResponse<String> since = get("?since=yesterday");
        assertThat(since.statusCode()).isEqualTo(400);
        assertThat(since.body()).contains("since").doesNotContain("Exception");
        HttpResponse<String> longAgo = get("?since=-1000000000-01-01T00:00:00Z");
        assertThat(longAgo.statusCode()).isEqualTo(400);
        assertThat(longAgo.body()).contains("{\"since\":[\"must be a time");
        assertThat(get("?issue_key=SEC%001").statusCode()).isEqualTo(200);
    }

    @Test
    void only_who_may_read_the_integration_reads_its_log() {
        assertThat(world.get(ACTIVITY, Map.of()).statusCode()).isEqualTo(401);
        assertThat(world.get(ACTIVITY, BridgeWorld.basic("client", "client")).statusCode())
                .isEqualTo(403);
        assertThat(world.get(ACTIVITY, BridgeWorld.basic("pentester", "pentester"))
                        .statusCode())
                .isEqualTo(200);
    }
}
