package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token with scopes works only at Atlassian's gateway, while people stay at the site. */
class ScopedTokenStoryTest {

    private static final String EMAIL = "bridge@example.org";
    private static final String TOKEN = "ATATT-scoped-0f2c";
    private static final String OF_SERVICE_ACCOUNT = "ATSTT-bearer-77aa";
    private static final String WITHOUT_WRITE = "ATATT-no-write-31";
    private static final String WITHOUT_WORK = "ATATT-no-work-32";
    private static final String WITHOUT_USER = "ATATT-no-user-33";

    private static BridgeWorld world;

    private final Administrator administrator = new Administrator(world, "faraday");

    @BeforeAll
    static void start() {
        String account = SandboxConnection.SERVICE_ACCOUNT;
        world = Administrator.unconnected(SandboxJira.Options.cloud()
                .scopedToken(EMAIL, TOKEN, account, "read:jira-work", "write:jira-work", "read:jira-user")
                .scopedToken("", OF_SERVICE_ACCOUNT, account, "read:jira-work", "write:jira-work", "read:jira-user")
                .scopedToken(EMAIL, WITHOUT_WRITE, account, "read:jira-work", "read:jira-user")
                .scopedToken(EMAIL, WITHOUT_WORK, account, "read:jira-user")
                .scopedToken(EMAIL, WITHOUT_USER, account, "read:jira-work", "write:jira-work"));
        world.with("bridge.jira.gateway-url", world.jira().gatewayUrl())
                .with("bridge.sweep.interval", "1s")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void connect() {
        administrator.done("DELETE", "connection/credentials", "");
        administrator.connect();
        world.jira().calm();
    }

    private HttpResponse<String> tryGive(String type, String token) {
        return administrator.tryPut(
                "connection/credentials",
                "{'type': '" + type + "', 'email': '" + EMAIL + "', 'token': '" + token + "'}");
    }

    private JsonNode give(String token) {
        HttpResponse<String> given = tryGive("scoped_token", token);
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(given.body()).doesNotContain(token);
        return BridgeWorld.json(given.body());
    }

    private void goesBothWays() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "In Progress");
        link.awaitFaraday("re-opened");
        assertThat(administrator.get("links/" + link.vulnerability()).toString())
                .contains(world.jira().baseUrl() + "/browse/" + link.issueKey());
    }

    @Test
    void the_flows_work_at_the_gateway_and_links_lead_to_the_site() {
        JsonNode given = give(TOKEN);

        assertThat(given.at("/account/display_name").asText()).isEqualTo(SandboxConnection.SERVICE_ACCOUNT);
        JsonNode credentials = given.at("/connection/credentials");
        assertThat(credentials.path("type").asText()).isEqualTo("scoped_token");
        assertThat(credentials.path("email").asText()).isEqualTo(EMAIL);
        assertThat(credentials.path("scopes").toString())
                .contains("read:jira-work", "write:jira-work", "read:jira-user");
        assertThat(given.at("/connection/url").asText()).isEqualTo(world.jira().baseUrl());
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
        goesBothWays();
    }

    @Test
    void a_token_that_jira_takes_only_as_bearer_is_sent_so() {
        JsonNode given = give(OF_SERVICE_ACCOUNT);

        assertThat(given.at("/connection/credentials").has("email")).isFalse();
        goesBothWays();
    }

    @Test
    void a_token_without_the_scopes_to_read_is_not_saved_and_they_are_named() {
        for (String token : List.of(WITHOUT_WORK, WITHOUT_USER)) {
            HttpResponse<String> refused = tryGive("scoped_token", token);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("lacks a scope", "read:jira-work, write:jira-work, read:jira-user")
                    .doesNotContain(token);
        }
        assertThat(tryGive("scoped_token", "ATATT-wrong").body())
                .contains("is not saved", "does not accept the credentials")
                .doesNotContain("lacks a scope", "ATATT-wrong");
        assertThat(administrator.connection().at("/credentials/type").asText()).isEqualTo("none");
    }

    @Test
    void the_site_refuses_such_a_token_and_the_answer_says_how_to_give_it() {
        assertThat(tryGive("api_token", TOKEN).body()).contains("is not saved", "is a scoped_token");
    }

    @Test
    void a_missing_scope_refuses_that_work_by_its_name_and_pauses_nothing_else() {
        give(TOKEN);
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        give(WITHOUT_WRITE);
        int other = world.vulnerabilities(1).get(0);

        world.setStatus(link.vulnerability(), "closed");
        long batch = world.export(List.of(other), "SEC").path("id").asLong();

        await().until(() -> link.blockedReason().contains("store a token that has the scope write:jira-work"));
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).toString()).contains("store a token that has the scope write:jira-work");
        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(world.bean(JiraAvailability.class).report().since()).isNull();

        give(TOKEN);
        administrator.done("POST", "links/" + link.vulnerability() + "/replay", "");
        link.awaitJira("Done");
    }

    @Test
    void oauth_on_cloud_is_said_to_be_deprecated_and_a_token_in_its_place_keeps_the_links() {
        administrator.link();
        administrator.authorise();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        assertThat(administrator.connection().path("warnings").toString())
                .contains(
                        "Atlassian has deprecated OAuth 1.0a on Jira Cloud", "PUT connection/credentials", "all links");

        JsonNode given = give(TOKEN);

        assertThat(given.at("/connection/warnings").toString()).doesNotContain("OAuth");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
    }
}
