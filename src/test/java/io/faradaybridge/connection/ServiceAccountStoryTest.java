package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service account of Data Center 11: a client id and secret, and an access token that nobody sees. */
class ServiceAccountStoryTest {

    private static final String SECRET = "client-secret-5b1e";

    private static BridgeWorld world;

    private final Administrator administrator = new Administrator(world, "faraday");

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(SandboxJira.Options.dataCenter11()
                        .contextPath("/jira")
                        .serviceAccount("bridge-client", SECRET, SandboxConnection.SERVICE_ACCOUNT))
                .with("bridge.sweep.interval", "1s")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void connect() {
        world.jira().calm();
        world.jira().accessTokensLive(Duration.ofHours(1));
        administrator.done("DELETE", "connection/credentials", "");
        administrator.connect();
    }

    private HttpResponse<String> tryGive(String more) {
        return administrator.tryPut(
                "connection/credentials", "{'type': 'client_credentials', 'client_id': 'bridge-client'" + more + "}");
    }

    private JsonNode give() {
        HttpResponse<String> given = tryGive(", 'client_secret': '" + SECRET + "'");
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(given.body()).doesNotContain(SECRET);
        return BridgeWorld.json(given.body());
    }

    private static long asked() {
        return world.jira().count(ReceivedCall.Kind.OAUTH);
    }

    @Test
    void the_flows_work_with_one_access_token_that_is_stored_nowhere() {
        JsonNode given = give();
        assertThat(given.at("/account/display_name").asText()).isEqualTo(SandboxConnection.SERVICE_ACCOUNT);
        assertThat(given.at("/connection/credentials/type").asText()).isEqualTo("client_credentials");
        assertThat(given.at("/connection/credentials/client_id").asText()).isEqualTo("bridge-client");
        assertThat(given.at("/connection/credentials/scopes").toString()).isEqualTo("[\"WRITE\"]");
        Link.exported(world, "SEC");
        world.jira().clearRequests();

        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");

        assertThat(asked()).as("access tokens asked for").isZero();
        List<String> tokens = world.jira().accessTokens();
        assertThat(tokens).isNotEmpty();
        assertThat(world.rows()
                        .sql("SELECT s::text FROM faraday_bridge.setup_change s UNION ALL"
                                + " SELECT r::text FROM faraday_bridge.runtime_state r UNION ALL"
                                + " SELECT encode(ciphertext, 'escape') FROM faraday_bridge.secret UNION ALL"
                                + " SELECT value::text FROM configuration")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(SECRET) || tokens.stream().anyMatch(row::contains));
    }

    @Test
    void a_token_that_jira_has_forgotten_is_replaced_and_no_work_is_refused() {
        give();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().forgetAccessTokens();

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        assertThat(link.outcomes()).doesNotContain("blocked");
        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void a_token_is_replaced_before_it_ends() {
        world.jira().accessTokensLive(Duration.ofSeconds(3));
        give();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().clearRequests();

        for (String status : List.of("closed", "re-opened", "closed")) {
            world.setStatus(link.vulnerability(), status);
            link.awaitJira(status.equals("closed") ? "Done" : "In Progress");
            link.awaitQuiet();
        }

        assertThat(link.outcomes()).doesNotContain("blocked", "postponed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    client_secret | , 'client_secret': 'wrong'                         | does not accept the client id
                    client_secret | , 'client_secret': 'client-secret-5b1e', 'scope': 'ADMIN' | not have the scope ADMIN
                    client_secret | , 'scope': 'READ'                                  | is empty
                    scope         | , 'client_secret': 'x', 'scope': ' '               | READ or WRITE
                    token         | , 'client_secret': 'x', 'token': 'y'               | does not belong
                    """)
    void credentials_that_jira_does_not_take_are_not_saved(String field, String more, String reason) {
        HttpResponse<String> refused = tryGive(more);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/" + field + "/0")
                        .asText())
                .contains(reason);
        assertThat(refused.body()).doesNotContain(SECRET, "wrong");
        assertThat(administrator.connection().at("/credentials/type").asText()).isEqualTo("none");
    }

    @Test
    void a_secret_that_was_replaced_in_jira_is_a_lost_authorisation_that_says_so() {
        give();
        world.jira().serviceAccount("bridge-client", "another-secret", SandboxConnection.SERVICE_ACCOUNT);
        try {
            world.jira().forgetAccessTokens();
            await().until(() -> administrator
                    .done("POST", "connection/test", "")
                    .path("problem")
                    .asText()
                    .equals("client_rejected"));
        } finally {
            world.jira().serviceAccount("bridge-client", SECRET, SandboxConnection.SERVICE_ACCOUNT);
        }
        await().until(() ->
                administrator.done("POST", "connection/test", "").path("ok").asBoolean());
    }

    @Test
    void while_jira_gives_no_token_it_is_away_and_then_work_goes_on() {
        give();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().sometimes(1, "POST", "/rest/oauth2/", Fault.errorBefore(503));
        world.jira().forgetAccessTokens();

        world.setStatus(link.vulnerability(), "closed");
        await().until(() -> asked() > 1);
        world.jira().calm();

        link.awaitJira("Done");
        assertThat(link.outcomes()).doesNotContain("blocked");
    }
}
