package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person makes the token that Jira's webhook carries. */
class TokenStoryTest {

    private static final String API = "/_api/v3/integrations/jira/";
    private static final String TOKENS = API + "tokens";

    private final String alias = "Jira " + UUID.randomUUID();
    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> send(String method, String path, String body, String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build());
    }

    private JsonNode made(String user) {
        HttpResponse<String> answer = send("POST", TOKENS, "{\"alias\": \"" + alias + "\"}", user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return BridgeWorld.json(answer.body());
    }

    private JsonNode shown(int id, String user) {
        for (JsonNode token : BridgeWorld.json(send("GET", TOKENS, "", user).body())) {
            if (token.path("id").asInt() == id) {
                return token;
            }
        }
        throw new AssertionError("token " + id + " is not in the list");
    }

    private int webhook(String token) {
        return world.post(
                        API + "update-issues",
                        "{\"title\": \"SEC-1\", \"status\": \"Done\"}",
                        Map.of("X-Jira-Token", token))
                .statusCode();
    }

    private List<JsonNode> audit(int id) {
        JsonNode all = BridgeWorld.json(
                send("GET", API + "audit?limit=500", "", "pentester").body());
        return java.util.stream.StreamSupport.stream(all.spliterator(), false)
                .filter(change -> change.path("what").asText().equals("tokens." + id))
                .toList();
    }

    @Test
    void a_token_is_shown_once_and_lets_the_webhook_in() {
        JsonNode made = made("assetowner");

        String token = made.path("token").asText();
        assertThat(token).matches("[A-Za-z0-9]{64}");
        assertThat(webhook(token)).isEqualTo(202);
        assertThat(send("GET", TOKENS, "", "assetowner").body()).doesNotContain(token);
        assertThat(shown(made.path("id").asInt(), "assetowner").path("alias").asText())
                .isEqualTo(alias);
    }

    @Test
    void it_is_stored_as_faraday_stores_it() {
        int id = made("assetowner").path("id").asInt();

        assertThat(world.rows()
                        .sql("SELECT * FROM user_token WHERE id = ?")
                        .param(id)
                        .query()
                        .singleRow())
                .containsEntry("user_id", 2)
                .containsEntry("creator_id", 2)
                .containsEntry("alias", alias)
                .containsEntry("revoked", false)
                .containsEntry("hide", false)
                .containsEntry("expires_at", null)
                .satisfies(row -> assertThat(row.get("scope")).hasToString("jira"));
        assertThat(world.rows()
                        .sql("SELECT create_date BETWEEN (now() AT TIME ZONE 'utc') - interval '1 hour'"
                                + " AND (now() AT TIME ZONE 'utc') FROM user_token WHERE id = ?")
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .as("made now, in UTC")
                .isTrue();
    }

    @Test
    void a_revoked_token_lets_nobody_in_and_stays_in_the_list() {
        JsonNode made = made("assetowner");
        String path = TOKENS + "/" + made.path("id").asInt();

        assertThat(send("DELETE", path, "", "assetowner").statusCode()).isEqualTo(204);

        assertThat(webhook(made.path("token").asText())).isEqualTo(401);
        assertThat(shown(made.path("id").asInt(), "assetowner").path("revoked").asBoolean())
                .isTrue();
        assertThat(send("DELETE", path, "", "assetowner").statusCode())
                .as("once more")
                .isEqualTo(204);
        assertThat(audit(made.path("id").asInt())).hasSize(2);
    }

    @Test
    void name_end_and_hiding_can_be_changed_each_alone() {
        int id = made("assetowner").path("id").asInt();
        String path = TOKENS + "/" + id;

        send("PATCH", path, "{\"expires_at\": \"2098-12-31T12:00:00+02:00\"}", "assetowner");
        send("PATCH", path, "{\"hide\": true}", "assetowner");
        HttpResponse<String> answer = send("PATCH", path, "{\"alias\": \"  renamed \"}", "assetowner");

        JsonNode token = shown(id, "assetowner");
        assertThat(BridgeWorld.json(answer.body())).isEqualTo(token);
        assertThat(token.path("alias").asText()).isEqualTo("renamed");
        assertThat(token.path("hide").asBoolean()).isTrue();
        assertThat(token.path("expires_at").asText()).isEqualTo("2098-12-31T10:00:00Z");
        assertThat(world.rows()
                        .sql("SELECT expires_at::text FROM user_token WHERE id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .as("UTC without a zone")
                .isEqualTo("2098-12-31 10:00:00");

        send("PATCH", path, "{\"expires_at\": null}", "assetowner");
        assertThat(shown(id, "assetowner").path("expires_at").isNull()).isTrue();
    }

    @Test
    void a_token_of_somebody_else_does_not_exist() {
        int id = made("assetowner").path("id").asInt();
        int gitlab = world.rows()
                .sql("SELECT id FROM user_token WHERE user_id = 1 AND scope = 'gitlab' LIMIT 1")
                .query(Integer.class)
                .single();

        assertThat(send("PATCH", TOKENS + "/" + id, "{\"hide\": true}", "faraday")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", TOKENS + "/" + id, "", "faraday").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", TOKENS + "/" + gitlab, "", "faraday").statusCode())
                .as("one of another scope")
                .isEqualTo(404);
        assertThat(send("GET", TOKENS, "", "client").body()).doesNotContain(alias);
    }

    @Test
    void making_changing_and_revoking_are_recorded_without_the_token() {
        JsonNode made = made("assetowner");
        int id = made.path("id").asInt();
        send("PATCH", TOKENS + "/" + id, "{\"alias\": \"renamed\"}", "assetowner");
        send("PATCH", TOKENS + "/" + id, "{\"alias\": \"renamed\"}", "assetowner");
        send("DELETE", TOKENS + "/" + id, "", "assetowner");

        List<JsonNode> changes = audit(id);

        assertThat(changes).hasSize(3).allSatisfy(change -> {
            assertThat(change.path("username").asText()).isEqualTo("assetowner");
            assertThat(change.toString()).doesNotContain(made.path("token").asText());
        });
        assertThat(changes.get(0).at("/after/revoked").asBoolean()).isTrue();
        assertThat(changes.get(1).at("/before/alias").asText()).isEqualTo(alias);
        assertThat(changes.get(1).at("/after/alias").asText()).isEqualTo("renamed");
        assertThat(changes.get(2).path("before").isNull()).isTrue();
        assertThat(changes.get(2).at("/after/token").asText()).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                     | alias
                    []                                                     | body
                    {"alias": ""}                                          | alias
                    {"alias": "  "}                                        | alias
                    {"alias": 7}                                           | alias
                    {"alias": "a\\u0000b"}                                 | alias
                    {"alias": "a", "expires_at": "2020-01-01T00:00:00Z"}   | expires_at
                    {"alias": "a", "expires_at": "tomorrow"}               | expires_at
                    {"alias": "a", "expires_at": 4102444800}               | expires_at
                    {"alias": "a", "expires_at": "+20000-01-01T00:00:00Z"} | expires_at
                    {"alias": "a", "expires_at": "9999-12-31T23:59:59-18:00"} | expires_at
                    {"alias": "a", "hide": "yes"}                          | hide
                    {"alias": "a", "scope": "gitlab"}                      | scope
                    {"alias": "a", "token": "mine"}                        | token
                    """)
    void what_cannot_be_a_token_is_refused_by_field(String body, String field) {
        HttpResponse<String> answer = send("POST", TOKENS, body, "client");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(answer.body()).at("/messages/json").has(field))
                .as(answer.body())
                .isTrue();
    }

    @Test
    void an_alias_has_at_most_255_characters() {
        String longest = "ü".repeat(255);

        assertThat(send("POST", TOKENS, "{\"alias\": \"" + longest + "\", \"scope\": \"jira\"}", "client")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("POST", TOKENS, "{\"alias\": \"" + longest + "x\"}", "client")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", TOKENS, "{\"alias\": \"" + "x".repeat(10_000) + "\"}", "client")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void only_who_may_change_the_integration_reads_the_audit_page_by_page() {
        made("assetowner");
        made("assetowner");

        assertThat(send("GET", API + "audit", "", "client").statusCode()).isEqualTo(403);
        JsonNode newest = BridgeWorld.json(
                send("GET", API + "audit?limit=1", "", "pentester").body());
        JsonNode next = BridgeWorld.json(
                send("GET", API + "audit?limit=1&before=" + newest.at("/0/id").asLong(), "", "pentester")
                        .body());
        assertThat(newest).hasSize(1);
        assertThat(next).hasSize(1);
        assertThat(next.at("/0/id").asLong()).isLessThan(newest.at("/0/id").asLong());
    }
}
