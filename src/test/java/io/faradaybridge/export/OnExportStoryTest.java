package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vulnerability is exported that was closed before. */
class OnExportStoryTest {

    private static final String MAPPING = "projects/SEC/attribute-mapping";

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
    }

    private Link exported(String status) {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.setStatus(vulnerability, status);
        world.export(List.of(vulnerability), "SEC");
        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        return new Link(world, vulnerability, world.issueKey(vulnerability));
    }

    private JsonNode row(Link link) {
        return administrator.get("vulnerabilities?ids=" + link.vulnerability()).at("/vulnerabilities/0");
    }

    @Test
    void its_issue_stays_in_its_first_status_and_differs() {
        long differing = administrator.get("status").at("/counts/differs").asLong();

        Link link = exported("closed");
        link.awaitQuiet();

        assertThat(link.jira()).isEqualTo("To Do");
        assertThat(link.outcomes()).containsExactly("exported");
        assertThat(row(link).path("standing").asText()).isEqualTo("differs");
        assertThat(row(link).path("in_step").asBoolean(true)).isFalse();
        assertThat(row(link).path("why").asText())
                .isEqualTo("Faraday's 'closed' and Jira's 'To Do' do not mean the same; move one of them");
        assertThat(administrator.get("status").at("/counts/differs").asLong()).isEqualTo(differing + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "risk-accepted"})
    void its_issue_follows_at_once_where_the_project_says_so(String status) {
        JsonNode saved = administrator.put(MAPPING, "{'on_export': 'Follow'}");
        assertThat(saved.at("/attribute_mapping/on_export").asText()).isEqualTo("follow");

        Link link = exported(status);

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo(status);
        assertThat(link.outcomes()).containsExactly("exported", "driven");
        assertThat(world.jira().issue(link.issueKey()).transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                .isOne();
        assertThat(row(link).path("standing").asText()).isEqualTo("in-step");
    }

    @Test
    void an_open_one_is_left_alone_where_issues_follow() {
        administrator.put(MAPPING, "{'on_export': 'follow'}");

        Link link = exported("open");

        link.awaitQuiet();
        assertThat(link.outcomes()).containsExactly("exported");
        assertThat(link.jira()).isEqualTo("To Do");
    }

    @Test
    void a_status_that_means_nothing_in_jira_moves_no_issue() {
        administrator.put(MAPPING, "{'on_export': 'follow', 'outgoing': {'open': 'To Do', 'closed': 'Done'}}");

        Link link = exported("risk-accepted");

        link.awaitQuiet();
        assertThat(link.jira()).isEqualTo("To Do");
        assertThat(row(link).path("standing").asText()).isEqualTo("not-mapped");
    }

    @Test
    void what_is_neither_stay_nor_follow_is_refused() {
        assertThat(administrator.tryPut(MAPPING, "{'on_export': 'drive'}").body())
                .contains("must be stay or follow");
    }
}
