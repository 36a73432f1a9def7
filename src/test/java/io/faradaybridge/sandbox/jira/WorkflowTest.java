package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static io.faradaybridge.sandbox.jira.SignedClient.texts;
import static io.faradaybridge.sandbox.jira.SignedClient.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final SandboxJira jira = SandboxJira.start(
            SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    private List<String> offered(String key) {
        JsonNode transitions = client.read("/issue/" + key + "/transitions").path("transitions");
        return IntStream.range(0, transitions.size())
                .mapToObj(transitions::get)
                .map(step -> step.path("name").asText() + " -> "
                        + step.at("/to/name").asText())
                .toList();
    }

    @Test
    void the_strict_workflow_has_no_short_cut_and_no_way_back() {
        jira.createPerson("WEB", "Bug", "x");
        assertThat(offered("WEB-1")).containsExactly("Begin -> In Progress");

        assertThat(client.post("/issue/WEB-1/transitions", transition("32")).statusCode())
                .isEqualTo(400);
        List.of("11", "21", "32").forEach(step -> client.post("/issue/WEB-1/transitions", transition(step)));

        assertThat(jira.issue("WEB-1").statusName()).isEqualTo("Done");
        assertThat(jira.issue("WEB-1").transitionsBy("bridge")).isEqualTo(3);
        assertThat(offered("WEB-1")).isEmpty();
    }

    @Test
    void one_of_two_ways_to_done_demands_a_resolution() {
        jira.createPerson("SEC", "Bug", "x");
        JsonNode fields = client.read("/issue/SEC-1/transitions?expand=transitions.fields&transitionId=41");
        assertThat(fields.at("/transitions/0/fields/resolution/required").asBoolean())
                .isTrue();

        HttpResponse<String> bare = client.post("/issue/SEC-1/transitions", transition("41"));
        assertThat(bare.statusCode()).isEqualTo(400);
        assertThat(json(bare).at("/errors/resolution").asText()).isEqualTo("Resolution is required.");

        ObjectNode withResolution = (ObjectNode) transition("41");
        withResolution.set("fields", Json.object("resolution", Json.object("name", "Won't Do")));
        assertThat(client.post("/issue/SEC-1/transitions", withResolution).statusCode())
                .isEqualTo(204);
        assertThat(client.read("/issue/SEC-1?fields=resolution")
                        .at("/fields/resolution/name")
                        .asText())
                .isEqualTo("Won't Do");
    }

    @Test
    void a_field_that_is_not_on_the_screen_and_a_number_for_an_id_are_refused() {
        jira.createPerson("SEC", "Bug", "x");
        ObjectNode withResolution = (ObjectNode) transition("42");
        withResolution.set("fields", Json.object("resolution", Json.object("name", "Done")));
        assertThat(client.post("/issue/SEC-1/transitions", withResolution).body())
                .contains("Field 'resolution' cannot be set.");

        JsonNode number = Json.object("transition", Json.object("id", 42));
        assertThat(client.post("/issue/SEC-1/transitions", number).statusCode()).isEqualTo(400);
        assertThat(client.post("/issue/SEC-1/transitions", transition("Done")).statusCode())
                .isEqualTo(500);
        assertThat(client.post("/issue/SEC-9/transitions", transition("42")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_may_not_transition_is_offered_nothing() {
        jira.createPerson("SEC", "Bug", "x");
        jira.permissions().withdraw(Permission.TRANSITION, "SEC", "bridge");

        assertThat(offered("SEC-1")).isEmpty();
        jira.permissions().withdraw(Permission.BROWSE, "SEC", "bridge");
        assertThat(client.get("/issue/SEC-1").statusCode()).isEqualTo(404);
    }

    @Test
    void of_many_transitions_at_once_from_one_status_one_wins() throws Exception {
        jira.createPerson("WEB", "Bug", "x");
        ExecutorService threads = Executors.newFixedThreadPool(50);
        Callable<Integer> move =
                () -> client.post("/issue/WEB-1/transitions", transition("11")).statusCode();

        int done = 0;
        for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(50, move))) {
            done += answer.get() == 204 ? 1 : 0;
        }
        threads.shutdown();

        assertThat(done).isEqualTo(1);
        assertThat(jira.issue("WEB-1").transitions()).isEqualTo(1);
    }

    @Test
    void people_move_issues_past_the_workflow_or_by_it() {
        jira.createPerson("WEB", "Bug", "x");
        assertThatThrownBy(() -> jira.movePerson("WEB-1", "Done", "jdoe", true))
                .hasMessage("The workflow does not lead from To Do to Done.");

        SandboxIssue moved = jira.movePerson("WEB-1", "Done");

        assertThat(moved.transitionsBy("jdoe")).isEqualTo(1);
        JsonNode history = client.read("/issue/WEB-1?expand=changelog").at("/changelog/histories/0");
        assertThat(history.at("/author/name").asText()).isEqualTo("jdoe");
        assertThat(history.at("/items/0/toString").asText()).isEqualTo("Done");
    }

    @Test
    void an_issue_moved_to_another_project_keeps_its_id_and_answers_to_its_old_key() {
        String id = jira.createPerson("SEC", "Bug", "x").id();

        SandboxIssue moved = jira.moveToProject("SEC-1", "OPS");

        assertThat(moved.key()).isEqualTo("OPS-1");
        assertThat(moved.statusName()).isEqualTo("Open");
        assertThat(client.read("/issue/SEC-1").path("id").asText()).isEqualTo(id);
        assertThat(client.read("/issue/" + id).path("key").asText()).isEqualTo("OPS-1");
    }

    @Test
    void recorded_oddities_can_be_had() {
        jira.createPerson("SEC", "Bug", "x");
        jira.oddities().enable(Oddity.TRANSITION_WITHOUT_TO);
        jira.oddities().enable(Oddity.INVALID_TRANSITION_IS_500);
        jira.oddities().enable(Oddity.LOCALISED_STATUSES);

        JsonNode transitions = client.read("/issue/SEC-1/transitions").path("transitions");
        assertThat(transitions.get(0).has("to")).isFalse();
        assertThat(client.post("/issue/SEC-1/transitions", transition("99")).statusCode())
                .isEqualTo(500);
        assertThat(client.read("/issue/SEC-1").at("/fields/status/name").asText())
                .isEqualTo("Zu erledigen");
        assertThat(texts(client.read("/project/SEC/statuses").at("/0/statuses"), "name"))
                .containsExactly("Zu erledigen", "In Arbeit", "Wird überprüft", "Fertig");
    }
}
