package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person names an issue by its key or by an address from the browser, and sees which one it is before linking. */
class IssueLookUpStoryTest {

    private BridgeWorld world;
    private AdoptionApi api;
    private String key;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        api = new AdoptionApi(world);
        key = world.jira().createPerson("SEC", "Bug", "reported by a person").key();
    }

    private HttpResponse<String> look(String issue, String user) {
        return api.call("GET", "issues?issue=" + URLEncoder.encode(issue, StandardCharsets.UTF_8), "", user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                " key ",
                "JIRA/browse/KEY",
                "JIRA/browse/KEY?focusedCommentId=10#comment",
                "JIRA/projects/SEC/issues/KEY/",
                "JIRA/software/projects/SEC/boards/1?view=detail&selectedIssue=KEY"
            })
    void an_issue_is_shown_with_its_summary_and_status(String form) {
        String typed = form.replace("KEY", key)
                .replace("key", key.toLowerCase(java.util.Locale.ROOT))
                .replace("JIRA", world.jira().baseUrl().toString());
        JsonNode issue = BridgeWorld.json(look(typed, "pentester").body());

        assertThat(issue.path("key").asText()).isEqualTo(key);
        assertThat(issue.path("summary").asText()).isEqualTo("reported by a person");
        assertThat(issue.path("status").asText()).isEqualTo("To Do");
        assertThat(issue.path("url").asText()).isEqualTo(world.jira().baseUrl() + "/browse/" + key);
        assertThat(issue.path("hindrance").isNull()).isTrue();
    }

    @Test
    void a_vulnerability_is_linked_by_the_address_of_the_issue() {
        int vulnerability = world.vulnerabilities(1).get(0);

        HttpResponse<String> answer =
                api.link(vulnerability, world.jira().baseUrl() + "/browse/" + key + "?filter=1", "pentester");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(world.issueKey(vulnerability)).isEqualTo(key);
    }

    @Test
    void an_issue_that_cannot_be_linked_says_why_and_a_hidden_vulnerability_is_not_named() {
        Link link = Link.exported(world, "SEC");

        JsonNode mine = BridgeWorld.json(look(link.issueKey(), "faraday").body());
        JsonNode theirs = BridgeWorld.json(look(link.issueKey(), "outsider").body());
        String elsewhere = world.jira().createPerson("OPS", "Bug", "x").key();
        world.configure("value #- '{projects,OPS}'");
        JsonNode unconfigured = BridgeWorld.json(look(elsewhere, "faraday").body());

        assertThat(mine.path("vulnerability_id").asInt()).isEqualTo(link.vulnerability());
        assertThat(mine.path("hindrance").asText()).contains("vulnerability " + link.vulnerability(), "one link");
        assertThat(theirs.path("vulnerability_id").isNull()).isTrue();
        assertThat(theirs.path("hindrance").asText()).contains("a workspace that you may not enter");
        assertThat(unconfigured.path("hindrance").asText()).contains("OPS", "not configured");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEC", "https://evil.example/browse/SEC-1", "javascript:SEC-1", "https://x y/browse/SEC-1"})
    void what_names_no_issue_of_this_jira_is_refused_by_field(String typed) {
        int vulnerability = world.vulnerabilities(1).get(0);

        HttpResponse<String> look = look(typed, "faraday");
        HttpResponse<String> link = api.link(vulnerability, typed, "faraday");

        assertThat(look.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(look.body()).at("/messages/json/issue/0").asText())
                .isNotEmpty();
        assertThat(BridgeWorld.json(link.body()).at("/messages/json/key/0").asText())
                .isNotEmpty();
        assertThat(world.issueKey(vulnerability)).isEmpty();
    }

    @Test
    void an_issue_that_jira_does_not_show_is_said_to_be_so() {
        assertThat(look("SEC-987123", "faraday").body()).contains("does not exist or is hidden");
        assertThat(look(key, "client").statusCode()).isEqualTo(403);
    }
}
