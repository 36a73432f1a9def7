package io.faradaybridge.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message that nobody can use waits for a person, who replays or discards it. */
class DeadLetterStoryTest {

    private static final String LETTERS = "/_api/v3/integrations/jira/dead-letters";

    private final String correlation = "scan-" + UUID.randomUUID();
    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private void send(String queue, Function<JMSContext, Message> message) throws Exception {
        int port = world.bean(EmbeddedBroker.class).port("core");
        try (var connections = new ActiveMQConnectionFactory("tcp://localhost:" + port, "faraday", "sandbox");
                var context = connections.createContext()) {
            context.createProducer()
                    .setJMSCorrelationID(correlation)
                    .setJMSType("scan-result")
                    .send(context.createQueue(queue), message.apply(context));
        }
    }

    private void sendText(String queue, String body) throws Exception {
        send(queue, context -> context.createTextMessage(body));
    }

    private HttpResponse<String> call(String method, String path, String user) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(world.url(LETTERS + path)).method(method, HttpRequest.BodyPublishers.noBody());
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build());
    }

    private JsonNode get(String path) {
        return BridgeWorld.json(call("GET", path, "faraday").body());
    }

    /** Of this story, from the list. */
    private JsonNode awaitLetter() {
        return await().until(() -> letter(correlation), letter -> !letter.isMissingNode());
    }

    private JsonNode letter(String ofCorrelation) {
        for (JsonNode letter : get("?limit=200")) {
            if (letter.path("correlation_id").asText().equals(ofCorrelation)) {
                return letter;
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void a_message_that_is_not_json_is_kept_with_all_that_is_known_of_it() throws Exception {
        sendText("vuln-status", "<vulnerability id='17'/>");

        long id = awaitLetter().path("id").asLong();
        JsonNode letter = get("/" + id);
        assertThat(letter.path("origin").asText()).isEqualTo("vuln-status");
        assertThat(letter.path("route_id").asText()).isEqualTo("outgoing-ingress");
        assertThat(letter.path("state").asText()).isEqualTo("waiting");
        assertThat(letter.path("body").asText()).isEqualTo("<vulnerability id='17'/>");
        assertThat(letter.path("body_base64").isNull()).isTrue();
        assertThat(letter.path("cause").asText()).startsWith("The message is not JSON");
        assertThat(letter.path("attempts").asInt()).isEqualTo(1);
        assertThat(letter.at("/headers/JMSCorrelationID").asText()).isEqualTo(correlation);
        assertThat(letter.at("/headers/JMSType").asText()).isEqualTo("scan-result");
        assertThat(letter.at("/headers/JMSMessageID").asText()).startsWith("ID:");
    }

    @Test
    void a_serialised_object_is_kept_as_bytes_and_never_read() throws Exception {
        send("vuln-status", context -> context.createObjectMessage("an object"));

        JsonNode letter = get("/" + awaitLetter().path("id").asLong());
        assertThat(letter.path("cause").asText()).contains("a serialised Java object, which is never read");
        byte[] bytes = Base64.getDecoder().decode(letter.path("body_base64").asText());
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("an object");
        assertThat(bytes).startsWith(0xAC, 0xED);
    }

    @Test
    void the_cause_of_a_message_without_a_vulnerability_shows_the_expected_form() throws Exception {
        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            stomp.send("vuln-status", "{\"vulnerability\": 17}", Map.of("correlation-id", correlation));
        }

        assertThat(awaitLetter().path("cause").asText()).contains("expected {\"vulnerability_id\": 17}");
    }

    @Test
    void a_person_replays_it_after_its_cause_is_removed() throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        world.configure("jsonb_set(value, '{projects,SEC,active}', 'false')");
        sendText("vuln-export", "{\"vulnerability_ids\": " + two + ", \"project\": \"SEC\"}");
        JsonNode letter = awaitLetter();
        assertThat(letter.path("cause").asText()).contains("'SEC' is not active; activate it first");
        String replay = "/" + letter.path("id").asLong() + "/replay";

        world.configure("jsonb_set(value, '{projects,SEC,active}', 'true')");
        HttpResponse<String> answer = call("POST", replay, "pentester");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode replayed = BridgeWorld.json(answer.body());
        assertThat(replayed.path("state").asText()).isEqualTo("replayed");
        assertThat(replayed.path("state_by").asText()).isEqualTo("pentester");
        await().until(() -> two.stream().noneMatch(id -> world.issueKey(id).isEmpty()));
        HttpResponse<String> again = call("POST", replay, "faraday");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("was replayed already, by pentester");
    }

    @Test
    void replayed_too_early_it_is_a_dead_letter_again() throws Exception {
        sendText("vuln-status", "still no JSON");
        long first = awaitLetter().path("id").asLong();

        call("POST", "/" + first + "/replay", "faraday");

        await().until(() -> {
            JsonNode newest = letter(correlation);
            return newest.path("id").asLong() > first
                    && newest.path("state").asText().equals("waiting");
        });
    }

    @Test
    void what_nobody_wants_is_discarded_and_no_longer_waits() throws Exception {
        sendText("vuln-status", "nothing of use");
        String id = "/" + awaitLetter().path("id").asLong();

        HttpResponse<String> answer = call("DELETE", id, "faraday");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(BridgeWorld.json(answer.body()).path("state").asText()).isEqualTo("discarded");
        assertThat(get("?state=waiting").findValuesAsText("correlation_id")).doesNotContain(correlation);
        assertThat(get("?state=discarded").findValuesAsText("correlation_id")).contains(correlation);
        assertThat(call("POST", id + "/replay", "faraday").statusCode()).isEqualTo(409);
        JsonNode log = BridgeWorld.json(world.get(
                        "/_api/v3/integrations/jira/activity?outcome=discarded",
                        BridgeWorld.basic("faraday", "faraday"))
                .body());
        assertThat(log.findValuesAsText("correlation_id")).contains(correlation);
    }

    @Test
    void one_that_does_not_exist_is_not_found() {
        for (HttpResponse<String> answer : List.of(
                call("GET", "/999999999", "faraday"),
                call("POST", "/999999999/replay", "faraday"),
                call("DELETE", "/999999999", "faraday"))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(BridgeWorld.json(answer.body()).path("message").asText())
                    .isEqualTo("there is no dead letter 999999999");
        }
        assertThat(call("GET", "?state=lost", "faraday").statusCode()).isEqualTo(400);
    }

    @Test
    void each_call_needs_its_own_permission() throws Exception {
        sendText("vuln-status", "not for everybody");
        String id = "/" + awaitLetter().path("id").asLong();

        assertThat(call("GET", "", "client").statusCode()).isEqualTo(403);
        assertThat(call("GET", id, "client").statusCode()).isEqualTo(403);
        assertThat(call("POST", id + "/replay", "client").statusCode()).isEqualTo(403);
        assertThat(call("DELETE", id, "client").statusCode()).isEqualTo(403);
        assertThat(call("DELETE", id, "pentester").statusCode()).isEqualTo(403);
        assertThat(get(id).path("state").asText()).isEqualTo("waiting");
    }
}
