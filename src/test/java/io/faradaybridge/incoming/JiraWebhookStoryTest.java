package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jira's own webhooks, signed with a secret, and what the status report says of webhooks. */
class JiraWebhookStoryTest {

    private static final String PATH = "/_api/v3/integrations/jira/update-issues";
    private static final String SECRET = "It's a Secret to Everybody";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        assertThat(Administrator.of(world)
                        .send("PUT", "webhook-secret", "{\"secret\": \"" + SECRET + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void leave() {
        assertThat(Administrator.of(world).send("DELETE", "webhook-secret", "").statusCode())
                .isEqualTo(204);
    }

    private static String signature(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> post(String body, String signature) {
        return world.post(PATH, body, Map.of("X-Hub-Signature", signature));
    }

    private void signed(String event, SandboxIssue issue) {
        String body = event(event, issue);
        HttpResponse<String> answer = post(body, signature(SECRET, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String event(String event, SandboxIssue issue) {
        return """
                {"timestamp": 1764213883000, "webhookEvent": "%s", "issue_event_type_name": "issue_generic",
                 "user": {"displayName": "Jürgen"},
                 "issue": {"id": "%s", "key": "%s", "fields": {"status": {"id": "%s", "name": "%s"}}},
                 "changelog": {"id": "1", "items": []}}""".formatted(event, issue.id(), issue.key(), issue.statusId(), issue.statusName());
    }

    /** The example of Atlassian's page on webhooks: body and secret there give this signature. */
    @Test
    void the_signature_is_the_one_that_is_documented() {
        assertThat(signature(SECRET, "Hello World!"))
                .isEqualTo("sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
    }

    @Test
    void a_signed_webhook_needs_no_token_and_counts_for_who_stored_the_secret() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();

        signed("jira:issue_updated", world.jira().movePerson(link.issueKey(), "Done"));

        link.awaitFaraday("closed");
        assertThat(link.changedBy()).isEqualTo(SampleFaraday.ADMIN);
    }

    @Test
    void a_deleted_issue_is_looked_at_though_its_last_status_is_known() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        SandboxIssue issue = world.jira().issue(link.issueKey());
        world.jira().deletePerson(link.issueKey());

        signed("jira:issue_deleted", issue);

        await().until(() -> link.outcomes().contains("blocked"));
    }

    @Test
    void a_moved_issue_is_followed_though_its_status_is_known() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        SandboxIssue moved = world.jira().moveToProject(link.issueKey(), "WEB");

        signed("jira:issue_updated", moved);

        await().until(() -> world.issueKey(link.vulnerability()).equals(moved.key()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"another secret of that length", "It's a Secret to Everybody "})
    void a_wrong_signature_is_refused_before_the_body_is_read(String secret) {
        HttpResponse<String> answer = post("not json", signature(secret, "not json"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(post("{}", "sha1=" + signature(SECRET, "{}").substring(7)).statusCode())
                .isEqualTo(401);
        assertThat(post("{}", "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_body_that_was_changed_on_its_way_is_refused() {
        String body = event("jira:issue_updated", world.jira().createPerson("SEC", "Bug", "Another issue"));

        assertThat(post(body.replace("SEC-", "OPS-"), signature(SECRET, body)).statusCode())
                .isEqualTo(401);
        assertThat(post(body, signature(SECRET, body)).statusCode()).isEqualTo(202);
    }

    @Test
    void a_token_does_not_make_up_for_a_wrong_signature() {
        Map<String, String> headers = new HashMap<>(Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
        String body = "{\"title\": \"SEC-1\", \"status\": \"Done\"}";
        assertThat(world.post(PATH, body, headers).statusCode()).isEqualTo(202);

        headers.put("X-Hub-Signature", signature("another secret of that length", body));
        assertThat(world.post(PATH, body, headers).statusCode()).isEqualTo(401);

        headers.put("X-Hub-Signature", signature(SECRET, body));
        assertThat(world.post(PATH, body, headers).statusCode()).isEqualTo(202);
    }

    @Test
    void the_secret_is_stored_encrypted_and_never_shown() {
        assertThat(Administrator.of(world).get("webhook-secret").path("set").asBoolean())
                .isTrue();
        byte[] stored = world.rows()
                .sql("SELECT ciphertext FROM faraday_bridge.secret WHERE name = 'jira.webhook'")
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("Secret");
        HttpResponse<String> refused = Administrator.of(world).send("PUT", "webhook-secret", "{\"secret\": \"short\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/secret/0")
                        .asText())
                .contains("16 to 500");
    }

    @Test
    void without_a_secret_a_signature_lets_nobody_in() {
        Administrator.of(world).send("DELETE", "webhook-secret", "");

        assertThat(post("{}", signature(SECRET, "{}")).statusCode()).isEqualTo(401);
    }

    @Test
    void the_status_report_tells_of_the_last_webhook_and_of_what_only_the_sweep_found() {
        Administrator administrator = Administrator.of(world);
        long before =
                administrator.get("status").at("/webhooks/found_by_sweep_only").asLong();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "Done");
        world.sweep();
        link.awaitFaraday("closed");
        signed("jira:issue_updated", world.jira().issue(link.issueKey()));

        assertThat(Instant.parse(
                        administrator.get("status").at("/webhooks/last_at").asText()))
                .isAfter(Instant.now().minus(Duration.ofMinutes(2)));
        await().until(() ->
                administrator.get("status").at("/webhooks/found_by_sweep_only").asLong() > before);
    }
}
