package io.faradaybridge.export.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.SandboxFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files go to Jira with every kind of credentials, and through Atlassian's gateway. */
@Tag("long")
class AttachmentCredentialsTest {

    private static final String EMAIL = "bridge@example.org";

    @Test
    void a_token_with_scopes_attaches_through_the_gateway() {
        BridgeWorld world = Administrator.unconnected(SandboxJira.Options.cloud()
                .scopedToken(
                        EMAIL,
                        "ATATT-scoped",
                        SandboxConnection.SERVICE_ACCOUNT,
                        "read:jira-work",
                        "write:jira-work",
                        "read:jira-user"));
        world.with("bridge.jira.gateway-url", world.jira().gatewayUrl());

        attaches(world, "{'type': 'scoped_token', 'email': '" + EMAIL + "', 'token': 'ATATT-scoped'}");
    }

    @Test
    void a_service_account_of_data_center_11_attaches() {
        attaches(
                Administrator.unconnected(SandboxJira.Options.dataCenter11()
                        .contextPath("/jira")
                        .serviceAccount("bridge-client", "secret-of-it", SandboxConnection.SERVICE_ACCOUNT)),
                "{'type': 'client_credentials', 'client_id': 'bridge-client', 'client_secret': 'secret-of-it', 'scope': 'WRITE'}");
    }

    private static void attaches(BridgeWorld asleep, String credentials) {
        int port = FreePort.next();
        try (BridgeWorld world = asleep.with("bridge.faraday.login-url", "http://localhost:" + port)
                        .with("bridge.faraday.api.password", "faraday")
                        .start();
                SandboxFaraday faraday = SandboxFaraday.start(world.database().dataSource(), port)) {
            Administrator administrator = Administrator.of(world);
            administrator.connect();
            administrator.put("connection/credentials", credentials);
            administrator.put("projects/SEC/attachments", "{'enabled': true}");
            int vulnerability = world.vulnerabilities(1).get(0);
            faraday.upload(vulnerability, "proof.txt", "text/plain", "proof".getBytes(StandardCharsets.UTF_8));

            world.export(List.of(vulnerability), "SEC");
            await().until(() -> !world.issueKey(vulnerability).isEmpty());

            await().untilAsserted(() -> assertThat(world.jira().attachments(world.issueKey(vulnerability)))
                    .extracting(SandboxJira.Attachment::filename)
                    .containsExactly("proof.txt"));
        }
    }

    @Test
    void without_an_account_for_faradays_api_it_cannot_be_enabled() {
        try (BridgeWorld world = BridgeWorld.of(SandboxJira.Options.dataCenter())) {
            var refused = Administrator.of(world).tryPut("projects/SEC/attachments", "{'enabled': true}");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(BridgeWorld.json(refused.body())
                            .at("/messages/json/enabled")
                            .toString())
                    .contains("set bridge.faraday.login-url and bridge.faraday.api.password");
        }
    }
}
