package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.bulk;
import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static io.faradaybridge.sandbox.jira.SignedClient.texts;
import static io.faradaybridge.sandbox.jira.SignedClient.transition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxJiraTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final SandboxJira jira = SandboxJira.start(SandboxJira.Options.dataCenter()
            .contextPath("/jira")
            .authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void a_created_issue_can_be_read_moved_and_found() {
        JsonNode created = json(client.post("/issue", draft("SEC", "Bug", "Weak cipher")));
        assertThat(created.path("key").asText()).isEqualTo("SEC-1");

        JsonNode offered = client.read("/issue/SEC-1/transitions?expand=transitions.fields");
        assertThat(texts(offered.path("transitions"), "name"))
                .containsExactly("Start work", "Resolve with reason", "Finish");
        assertThat(client.post("/issue/SEC-1/transitions", transition("11")).statusCode())
                .isEqualTo(204);

        JsonNode issue = client.read("/issue/" + created.path("id").asText() + "?fields=status&expand=changelog");
        assertThat(issue.at("/fields/status/name").asText()).isEqualTo("In Progress");
        assertThat(issue.at("/changelog/histories/0/author/name").asText()).isEqualTo("bridge");
        JsonNode found = client.read("/search?jql=project%20in%20(SEC)%20AND%20updated%20%3E%3D%20-5m&fields=status");
        assertThat(found.path("total").asInt()).isEqualTo(1);
        assertThat(jira.rejectedSignatures()).isEmpty();
    }

    @Test
    void a_bulk_reports_what_failed_by_its_place_in_what_was_sent() {
        JsonNode answer = json(client.post(
                "/issue/bulk",
                bulk(draft("SEC", "Bug", ""), draft("SEC", "Bug", "good"), draft("NONE", "Bug", "lost"))));

        assertThat(texts(answer.path("issues"), "key")).containsExactly("SEC-1");
        assertThat(texts(answer.path("errors"), "failedElementNumber")).containsExactly("0", "2");
        assertThat(answer.at("/errors/1/elementErrors/errors/project").asText()).isEqualTo("valid project is required");
    }
}
