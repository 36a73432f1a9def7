package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The three flows against a Jira Cloud, by OAuth and by e-mail and API token. */
class CloudStoryTest {

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    void the_flows_work_by_oauth() {
        world = BridgeWorld.of(SandboxJira.Options.cloud());
        goesBothWays();
        assertThat(world.jira().rejectedSignatures()).isEmpty();
    }

    @Test
    void the_flows_work_by_api_token() {
        world = BridgeWorld.asleep(
                        SandboxJira.Options.cloud().apiToken("bridge@example.org", "token-1", "faraday-bridge"))
                .with("bridge.connection.api-token-email", "bridge@example.org")
                .with("bridge.connection.api-token", "token-1")
                .start();
        goesBothWays();
    }

    private void goesBothWays() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");
        link.awaitFaraday("closed");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "re-opened");
        link.awaitJira("In Progress");
        link.awaitQuiet();
        assertThat(link.outcomes()).startsWith("exported", "applied", "driven");
    }
}
