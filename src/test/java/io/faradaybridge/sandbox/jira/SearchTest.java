package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static io.faradaybridge.sandbox.jira.SignedClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final SandboxJira jira = SandboxJira.start(
            SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    private HttpResponse<String> search(String jql, String more) {
        String encoded = URLEncoder.encode(jql, StandardCharsets.UTF_8).replace("+", "%20");
        return client.get("/search?jql=" + encoded + more);
    }

    private List<String> found(String jql) {
        return texts(json(search(jql, "")).path("issues"), "key");
    }

    @Test
    void finds_by_project_label_status_reporter_and_age() {
        client.post(
                "/issue",
                ((ObjectNode) draft("SEC", "Bug", "ours"))
                        .set("update", Json.object("labels", List.of(Json.object("add", "marker-1")))));
        jira.createPerson("SEC", "Bug", "theirs");
        jira.createPerson("WEB", "Bug", "elsewhere");
        jira.movePerson("SEC-2", "Done");

        assertThat(found("project in (SEC, WEB) ORDER BY key ASC")).containsExactly("SEC-1", "SEC-2", "WEB-1");
        assertThat(found("project = SEC AND labels = \"marker-1\"")).containsExactly("SEC-1");
        assertThat(found("reporter = currentUser() AND created >= -5m")).containsExactly("SEC-1");
        assertThat(found("status = Done and updated >= -1m")).containsExactly("SEC-2");
        assertThat(found("id in (10001, 10003) order by id")).containsExactly("SEC-1", "WEB-1");
        assertThat(found("key not in (SEC-1) AND project != WEB")).containsExactly("SEC-2");
    }

    @Test
    void one_unknown_name_spoils_the_whole_query() {
        jira.createPerson("SEC", "Bug", "x");

        HttpResponse<String> answer = search("key in (SEC-1, SEC-77)", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errorMessages/0").asText())
                .isEqualTo("An issue with key 'SEC-77' does not exist for field 'key'.");
        assertThat(json(search("key in (SEC-1, SEC-77)", "&validateQuery=warn"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(search("project = NONE", "").body()).contains("The value 'NONE' does not exist");
        assertThat(search("project = ", "").body()).contains("Error in the JQL Query");
        assertThat(search("colour = red", "").body()).contains("Field 'colour' does not exist");
    }

    @Test
    void pages_say_where_they_start_and_how_many_there_are() {
        for (int i = 0; i < 5; i++) {
            jira.createPerson("SEC", "Bug", "x");
        }

        JsonNode page = json(search("project = SEC order by key", "&startAt=2&maxResults=2&fields=summary"));

        assertThat(texts(page.path("issues"), "key")).containsExactly("SEC-3", "SEC-4");
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.at("/issues/0/fields")).isEqualTo(Json.object("summary", "x"));
    }

    @Test
    void shows_a_change_only_after_its_lag_while_the_issue_itself_has_it_at_once() {
        lag(Duration.ofHours(1));
        jira.createPerson("SEC", "Bug", "late");
        lag(Duration.ofMillis(300));
        jira.createPerson("SEC", "Bug", "soon");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !found("project = SEC").isEmpty());
        assertThat(found("project = SEC")).containsExactly("SEC-2");
        assertThat(client.get("/issue/SEC-1").statusCode()).isEqualTo(200);

        lag(Duration.ofHours(1));
        jira.movePerson("SEC-2", "Done");

        assertThat(found("status = \"To Do\"")).containsExactly("SEC-2");
        assertThat(client.read("/issue/SEC-2").at("/fields/status/name").asText())
                .isEqualTo("Done");
        lag(Duration.ofMillis(300));
        jira.movePerson("SEC-2", "In Review");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> found("status = \"In Review\"").equals(List.of("SEC-2")));
    }

    private void lag(Duration lag) {
        jira.faults().searchLag(lag, lag);
    }
}
