package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same on a Jira Cloud, which refuses a whole search for one key that is not there. */
class AdoptionOnCloudTest {

    private final BridgeWorld world = BridgeWorld.of(SandboxJira.Options.cloud());
    private final AdoptionApi api = new AdoptionApi(world);

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    @Tag("long")
    void what_is_there_is_adopted_beside_what_is_not() {
        List<Integer> vulnerabilities = world.vulnerabilities(40);
        api.writeKeys(vulnerabilities);
        api.writeKey(vulnerabilities.get(7), "SEC-90001");
        api.writeKey(vulnerabilities.get(23), "SEC-90002");
        String moved = world.jira()
                .moveToProject(world.issueKey(vulnerabilities.get(11)), "WEB")
                .key();

        JsonNode report = api.adopted();

        assertThat(report.at("/counts/adopted").asInt()).isEqualTo(38);
        assertThat(report.at("/counts/denied/not-visible").asInt()).isEqualTo(2);
        assertThat(world.issueKey(vulnerabilities.get(11))).isEqualTo(moved);
        int byHand = world.vulnerabilities(1).get(0);
        String key = world.jira().createPerson("SEC", "Bug", "found in Jira").key();
        assertThat(api.link(byHand, key, "faraday").statusCode()).isEqualTo(200);
        assertThat(api.row(byHand).path("standing").asText()).isEqualTo("in-step");
    }
}
