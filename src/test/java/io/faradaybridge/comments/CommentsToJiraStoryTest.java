package io.faradaybridge.comments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Comments in Faraday that begin with {@code @jira} go to the issue; on Data Center 10. */
class CommentsToJiraStoryTest {

    private static BridgeWorld world;
    private static CommentsWorld comments;

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter());
    }

    static void begin(SandboxJira.Options options) {
        world = BridgeWorld.of(options);
        comments = CommentsWorld.of(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void copy() {
        world.jira().calm();
        comments.copy("to_jira");
        world.jira().clearRequests();
    }

    private static Link exported() {
        return Link.exported(world, "SEC");
    }

    @Test
    void a_comment_that_begins_with_jira_goes_to_the_issue_once() {
        Link link = exported();

        comments.write(link, "@Jira: please patch *today*");
        comments.write(link, "only for us");
        comments.write(link, "@jiraffe is another word");
        comments.write(link, "@jira says the system", "system", SampleFaraday.PENTESTER);
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link)).containsExactly("pentester in Faraday: please patch \\*today\\*");
        JsonNode property = comments.onlyCommentInJira(link).at("/properties/0");
        assertThat(property.path("key").asText()).isEqualTo("faraday-bridge");
        assertThat(property.at("/value/marker").asText()).isNotEmpty();
        assertThat(link.count(Kind.COMMENT)).isEqualTo(1);
        assertThat(link.count(Kind.READ_COMMENTS)).isZero();
        assertThat(link.outcomes()).contains("driven");
        assertThat(link.isQuiet()).isTrue();
    }

    @Test
    void comments_arrive_in_their_order_and_without_their_author_if_the_user_was_deleted() {
        Link link = exported();

        for (int number = 1; number <= 5; number++) {
            comments.write(link, "@jira number " + number, "user", number == 3 ? null : SampleFaraday.PENTESTER);
        }
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link))
                .containsExactly(
                        "pentester in Faraday: number 1",
                        "pentester in Faraday: number 2",
                        "A former user in Faraday: number 3",
                        "pentester in Faraday: number 4",
                        "pentester in Faraday: number 5");
    }

    @Test
    void what_was_written_before_the_option_was_switched_on_stays_in_faraday() {
        Link link = exported();
        comments.copy("none");
        comments.write(link, "@jira too early");

        comments.copy("to_jira");
        comments.write(link, "@jira in time");
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link)).containsExactly("pentester in Faraday: in time");
    }

    @Test
    void without_the_option_no_comment_is_copied_and_jira_gets_no_call_more() {
        comments.copy("none");
        Link link = exported();
        world.jira().clearRequests();
        comments.write(link, "@jira hello?");

        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");

        assertThat(comments.inJira(link)).isEmpty();
        assertThat(world.jira().requests()).noneMatch(call -> call.path().contains("comment"));
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.commented_project")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_comment_that_becomes_visible_late_is_not_missed() throws SQLException {
        Link link = exported();
        try (Connection slow = world.database().dataSource().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.executeUpdate("""
                INSERT INTO comment (comment_type, text, object_id, object_type, create_date)
                VALUES ('user', '@jira the slow one', %d, 'vulnerability', now() AT TIME ZONE 'utc')""".formatted(link.vulnerability()));
            comments.write(link, "@jira the quick one");
            comments.awaitWorkedOff(link);
            assertThat(comments.inJira(link)).hasSize(1);
            slow.commit();
        }

        await().until(() -> comments.inJira(link).size() == 2);

        assertThat(comments.inJira(link).get(1)).endsWith("the slow one");
    }

    @Test
    void a_refusal_is_said_once_and_neither_the_status_nor_later_comments_are_kept_by_it() {
        Link link = exported();
        world.jira().permissions().withdraw(Permission.COMMENT, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        comments.write(link, "@jira not allowed");
        comments.awaitWorkedOff(link);
        world.jira().permissions().grant(Permission.COMMENT, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        comments.write(link, "@jira   ");
        comments.write(link, "@jira allowed");
        world.setStatus(link.vulnerability(), "closed");

        comments.awaitWorkedOff(link);
        link.awaitJira("Done");

        assertThat(comments.inJira(link)).containsExactly("pentester in Faraday: allowed");
        assertThat(comments.details(link, "REFUSED"))
                .hasSize(2)
                .anySatisfy(detail -> assertThat(detail).contains("(403)", "Add Comments", link.issueKey()))
                .anySatisfy(detail -> assertThat(detail).contains("nothing follows @jira"));
        assertThat(link.blockedReason()).isEmpty();
    }

    @Test
    void a_comment_of_any_length_goes_to_jira() {
        Link link = exported();

        comments.write(link, "@jira " + "long ".repeat(20_000));
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link))
                .singleElement()
                .satisfies(text -> assertThat(text).hasSize(32_767).endsWith("(cut: the comment is longer)"));
    }

    @Test
    void a_lost_answer_makes_no_second_comment() {
        Link link = exported();
        world.jira().faults().next(1, "POST", "/comment$", Fault.lostAfter());
        comments.write(link, "@jira only once");
        comments.write(link, "@jira and the next");
        comments.awaitLostAnswer(link);
        world.jira().commentPerson(link.issueKey(), "jdoe", "between them");

        comments.timePasses();
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link))
                .containsExactly(
                        "pentester in Faraday: only once", "between them", "pentester in Faraday: and the next");
        assertThat(comments.details(link, "DRIVEN")).hasSize(2);
    }

    @Test
    void a_bridge_that_ends_between_the_call_and_its_record_makes_no_second_comment() {
        Link link = exported();
        world.rows()
                .sql(
                        "ALTER TABLE faraday_bridge.copied_comment ADD CONSTRAINT broken CHECK (state <> 'copied') NOT VALID")
                .update();
        comments.write(link, "@jira only once");
        await().until(() -> !comments.inJira(link).isEmpty());

        world.stop();
        world.rows()
                .sql("ALTER TABLE faraday_bridge.copied_comment DROP CONSTRAINT broken")
                .update();
        world.start();
        comments.timePasses();
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link)).containsExactly("pentester in Faraday: only once");
        assertThat(comments.details(link, "DRIVEN"))
                .filteredOn(detail -> detail.startsWith("comment "))
                .hasSize(1);
    }

    /** By what is told in docs/operations.md. */
    @Test
    void a_comment_that_waited_in_a_restored_dump_and_was_sent_since_is_not_sent_again() {
        Link link = exported();
        int sent = comments.write(link, "@jira only once");
        comments.awaitWorkedOff(link);
        world.stop();
        world.rows()
                .sql(
                        "UPDATE faraday_bridge.copied_comment SET state = 'due', jira_id = NULL, sent_at = NULL WHERE faraday_id = ?")
                .param(sent)
                .update();
        Markdown.of("docs/operations.md").lines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("UPDATE faraday_bridge.copied_comment"))
                .forEach(statement -> world.rows().sql(statement).update());

        world.start();
        comments.write(link, "@jira another one");
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link))
                .containsExactly("pentester in Faraday: only once", "pentester in Faraday: another one");
    }

    @Test
    void transaction_ids_of_another_server_do_not_keep_comments_from_being_settled() {
        Link link = exported();
        world.rows()
                .sql("UPDATE faraday_bridge.commented_project SET seen_by = 1000000000000")
                .update(); // restored to a server that has begun fewer

        int id = comments.write(link, "@jira to the new server");
        comments.awaitWorkedOff(link);

        await().until(() -> world.rows()
                        .sql(
                                "SELECT min(settled_id) FROM faraday_bridge.commented_project WHERE to_jira_since IS NOT NULL")
                        .query(Integer.class)
                        .single()
                >= id);
    }

    @Test
    void a_call_that_was_lost_on_its_way_is_repeated_when_jira_cannot_go_on_any_more() {
        Link link = exported();
        world.jira().faults().next(1, "POST", "/comment$", Fault.lostBefore());
        comments.write(link, "@jira twice the same");
        comments.write(link, "@jira twice the same");
        comments.awaitLostAnswer(link);
        assertThat(comments.inJira(link)).isEmpty();

        comments.timePasses();
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link))
                .containsExactly("pentester in Faraday: twice the same", "pentester in Faraday: twice the same");
    }

    @Test
    void a_jira_that_is_busy_gets_the_comment_later() {
        Link link = exported();
        world.jira().faults().next(1, "POST", "/comment$", Fault.tooManyRequests(Duration.ofSeconds(1)));

        comments.write(link, "@jira patience");

        await().until(() -> !comments.inJira(link).isEmpty());
        comments.awaitWorkedOff(link);
        assertThat(comments.inJira(link)).hasSize(1);
    }

    @Test
    void a_comment_or_a_vulnerability_that_is_deleted_meanwhile_keeps_nobody() {
        Link link = exported();
        Link deleted = exported();
        world.jira().faults().next(2, "POST", "/comment$", Fault.tooManyRequests(Duration.ofSeconds(1)));
        int comment = comments.write(link, "@jira regretted");
        comments.write(deleted, "@jira of nothing");
        await().until(() -> link.outcomes().contains("postponed"));
        world.rows().sql("DELETE FROM comment WHERE id = ?").param(comment).update();
        world.rows()
                .sql("DELETE FROM vulnerability WHERE id = ?")
                .param(deleted.vulnerability())
                .update();

        comments.write(link, "@jira meant");
        comments.awaitWorkedOff(link);

        assertThat(comments.inJira(link)).containsExactly("pentester in Faraday: meant");
    }

    @Test
    void an_issue_that_is_gone_refuses_the_comment() {
        Link link = exported();
        world.jira().deletePerson(link.issueKey());

        comments.write(link, "@jira anybody there?");
        await().until(() -> !comments.details(link, "REFUSED").isEmpty());

        assertThat(comments.details(link, "REFUSED").get(0)).contains(link.issueKey());
    }

    @Test
    void two_replicas_send_each_comment_once() {
        List<Link> links = Link.exported(world, "SEC", 10);
        try (ConfigurableApplicationContext other = world.startAnother()) {
            assertThat(other.isRunning()).isTrue();
            links.forEach(link -> {
                comments.write(link, "@jira one");
                comments.write(link, "@jira two");
            });
            links.forEach(comments::awaitWorkedOff);
        }

        assertThat(links).allSatisfy(link -> assertThat(comments.inJira(link))
                .containsExactly("pentester in Faraday: one", "pentester in Faraday: two"));
    }

    @Test
    void the_option_is_checked_when_it_is_saved() {
        HttpResponse<String> refused = comments.administrator().tryPut(CommentsWorld.PATH, "{'comments': 'all'}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/comments/0")
                        .asText())
                .isEqualTo("must be one of none, to_jira, to_faraday, both");
        assertThat(comments.administrator().row().at("/projects/SEC/comments").asText())
                .isEqualTo("to_jira");
        assertThat(comments.administrator()
                        .tryPut("projects/NONE/comments", "{'comments': 'both'}")
                        .statusCode())
                .isEqualTo(404);
    }
}
