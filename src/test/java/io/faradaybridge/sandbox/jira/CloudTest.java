package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static io.faradaybridge.sandbox.jira.SignedClient.texts;
import static io.faradaybridge.sandbox.jira.SignedClient.transition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final SandboxJira jira = SandboxJira.start(SandboxJira.Options.cloud()
            .authorised("faraday", KEYS.getPublic(), "token", "bridge")
            .apiToken("bridge@example.com", "secret", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder().encodeToString(("bridge@example.com:" + token).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void people_have_account_ids_and_no_names() {
        JsonNode myself = client.read("/myself");
        assertThat(myself.has("name")).isFalse();
        String accountId = myself.path("accountId").asText();

        ObjectNode byName = (ObjectNode) draft("SEC", "Bug", "x");
        ((ObjectNode) byName.get("fields")).set("assignee", Json.object("name", "jdoe"));
        assertThat(json(client.post("/issue", byName)).at("/errors/assignee").asText())
                .isEqualTo("Specify a valid 'accountId' for Assignee");
        ObjectNode byId = (ObjectNode) draft("SEC", "Bug", "x");
        ((ObjectNode) byId.get("fields")).set("assignee", Json.object("accountId", accountId));
        assertThat(client.post("/issue", byId).statusCode()).isEqualTo(201);
        assertThat(texts(client.read("/user/search?query=jane"), "displayName")).containsExactly("Jane Doe");
    }

    @Test
    void the_old_search_is_gone_and_the_new_one_pages_by_token() {
        for (int i = 0; i < 5; i++) {
            jira.createPerson("SEC", "Bug", "x");
        }
        assertThat(client.get("/search?jql=project%3DSEC").statusCode()).isEqualTo(410);
        assertThat(client.get("/search/jql?jql=order%20by%20created").body()).contains("Unbounded JQL");

        List<String> ids = new ArrayList<>();
        JsonNode page =
                json(client.post("/search/jql", Json.object("jql", "project = SEC order by id", "maxResults", 2)));
        assertThat(page.at("/issues/0")).isEqualTo(Json.object("id", "10001"));
        ids.addAll(texts(page.path("issues"), "id"));
        while (!page.path("isLast").asBoolean()) {
            String token = page.path("nextPageToken").asText();
            page = client.read(
                    "/search/jql?jql=project%20%3D%20SEC%20order%20by%20id&maxResults=2&nextPageToken=" + token);
            ids.addAll(texts(page.path("issues"), "id"));
        }

        assertThat(ids).containsExactly("10001", "10002", "10003", "10004", "10005");
        assertThat(page.has("total")).isFalse();
    }

    @Test
    void search_can_show_issue_properties() {
        jira.createPerson("SEC", "Bug", "x");
        assertThat(client.put("/issue/SEC-1/properties/faraday-bridge", Json.object("marker", "m"))
                        .statusCode())
                .isEqualTo(201);

        JsonNode page = json(client.post(
                "/search/jql",
                Json.object(
                        "jql", "project = SEC", "fields", List.of("key"), "properties", List.of("faraday-bridge"))));

        assertThat(page.at("/issues/0/properties/faraday-bridge/marker").asText())
                .isEqualTo("m");
    }

    @Test
    void create_metadata_names_its_pages_otherwise_and_its_items_have_keys() {
        assertThat(texts(client.read("/issue/createmeta/SEC/issuetypes").path("issueTypes"), "name"))
                .containsExactly("Bug", "Task", "Story");
        JsonNode fields = client.read("/issue/createmeta/SEC/issuetypes/10004").path("fields");
        assertThat(texts(fields, "key")).isEqualTo(texts(fields, "fieldId")).contains("summary", "customfield_10010");
        assertThat(client.get("/issue/createmeta/SEC/issuetypes?maxResults=201").statusCode())
                .isEqualTo(400);
        JsonNode old = client.read("/issue/createmeta?projectKeys=OPS&expand=projects.issuetypes.fields");
        assertThat(old.at("/projects/0/issuetypes/0/fields/summary/required").asBoolean())
                .isTrue();
    }

    @Test
    void projects_come_in_pages_and_links_lead_to_another_host() {
        JsonNode page = client.read("/project/search?maxResults=2");

        assertThat(texts(page.path("values"), "key")).containsExactly("SEC", "WEB");
        assertThat(page.path("isLast").asBoolean()).isFalse();
        assertThat(page.at("/values/0/self").asText()).startsWith("https://api.atlassian.com/");
    }

    @Test
    void a_wrong_api_token_is_answered_as_anonymous() {
        assertThat(client.sendWith(basic("secret"), "GET", "/rest/api/2/myself", null)
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> projects = client.sendWith(basic("wrong"), "GET", "/rest/api/2/project/search", null);

        assertThat(projects.statusCode()).isEqualTo(200);
        assertThat(json(projects).path("total").asInt()).isZero();
        assertThat(projects.headers().firstValue("X-Seraph-LoginReason")).contains("AUTHENTICATED_FAILED");
        assertThat(client.sendWith(basic("wrong"), "GET", "/rest/api/2/myself", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_newest_history_comes_first() {
        jira.createPerson("SEC", "Bug", "x");
        jira.movePerson("SEC-1", "In Progress");
        jira.movePerson("SEC-1", "Done");

        JsonNode histories = client.read("/issue/SEC-1?expand=changelog").at("/changelog/histories");

        assertThat(histories.at("/0/items/0/toString").asText()).isEqualTo("Done");
        assertThat(histories.at("/1/items/0/toString").asText()).isEqualTo("In Progress");
    }

    @Test
    void writing_to_one_issue_too_often_is_limited() {
        jira.createPerson("SEC", "Bug", "x");
        jira.oddities().enable(Oddity.WRITES_PER_ISSUE_LIMITED);

        HttpResponse<String> last = null;
        long until =
                System.nanoTime() + Duration.ofSeconds(60).toNanos(); // a busy machine may write too slowly at first
        for (int i = 0; last == null || (last.statusCode() != 429 && System.nanoTime() < until); i++) {
            last = client.post("/issue/SEC-1/transitions", transition(i % 2 == 0 ? "11" : "22"));
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("RateLimit-Reason")).contains("jira-per-issue-on-write");
        assertThat(last.headers().firstValue("Retry-After")).contains("2");
    }
}
