package io.faradaybridge.outgoing;

import static org.awaitility.Awaitility.await;

import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A program sends its message before its own transaction is committed. */
class EarlyMessageStoryTest {

    @Test
    void a_message_that_comes_before_its_commit_is_looked_at_again_without_the_detector() throws Exception {
        try (BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.detector.interval", "1h")
                .start()) {
            Link link = Link.exported(world, "SEC");
            try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
                stomp.sendText(
                        "vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + ", \"status\": \"closed\"}");
            }
            await().until(() -> world.rows()
                            .sql("SELECT faraday_hints FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                            .param(link.vulnerability())
                            .query(Integer.class)
                            .single()
                    == 1);
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);

            world.setStatus(link.vulnerability(), "closed");

            link.awaitJira("Done");
        }
    }
}
