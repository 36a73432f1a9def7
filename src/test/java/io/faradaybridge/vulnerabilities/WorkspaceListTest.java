package io.faradaybridge.vulnerabilities;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceListTest {

    private final BridgeWorld world = BridgeWorld.shared();

    private JsonNode list(String user) {
        return BridgeWorld.json(world.get("/_api/v3/integrations/jira/workspaces", BridgeWorld.basic(user, user))
                .body());
    }

    @Test
    void each_user_is_shown_the_workspaces_whose_vulnerabilities_they_see() {
        List<String> all = list("faraday").findValuesAsText("name");
        assertThat(all).contains("acme-external", "acme-internal").isSorted();
        assertThat(list("outsider").findValuesAsText("id")).containsExactly("" + SampleFaraday.PUBLIC_LAB);
        assertThat(world.get("/_api/v3/integrations/jira/workspaces", BridgeWorld.basic("client", "client"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void those_that_cannot_be_exported_are_marked() {
        for (JsonNode workspace : list("faraday")) {
            boolean writable = world.rows()
                    .sql("SELECT active AND NOT readonly FROM workspace WHERE id = ?")
                    .param(workspace.path("id").asInt())
                    .query(Boolean.class)
                    .single();
            assertThat(workspace.path("writable").asBoolean())
                    .as(workspace.toString())
                    .isEqualTo(writable);
        }
    }
}
