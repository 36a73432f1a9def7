package io.faradaybridge.comments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Comments on the issue come to the vulnerability; on Data Center 10. */
class CommentsToFaradayStoryTest {

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
        comments.copy("both");
    }

    private static Link exported() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        return link;
    }

    private static String jane(Link link, String text) {
        return world.jira().commentPerson(link.issueKey(), "jdoe", text);
    }

    /** Without the time, which begins after the author. */
    private static List<String> inFaraday(Link link) {
        return comments.inFaraday(link).stream()
                .map(text -> text.replaceFirst("\\(Jira, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\)", "(Jira)"))
                .toList();
    }

    private static void awaitFaraday(Link link, String... texts) {
        await().untilAsserted(() -> assertThat(inFaraday(link)).containsExactly(texts));
    }

    /** On Cloud a search finds a change only some time later, so one sweep may come too early. */
    private static void awaitSwept(Link link, String... texts) {
        await().untilAsserted(() -> {
            world.sweep();
            assertThat(inFaraday(link)).containsExactly(texts);
        });
    }

    private static HttpResponse<String> webhook(String body) {
        return world.post(
                "/_api/v3/integrations/jira/update-issues",
                body.replace('\'', '"'),
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    @Test
    void a_comment_on_the_issue_comes_by_the_sweep_once_and_is_read_once() {
        Link link = exported();
        jane(link, "Is *this* fixed?");

        awaitSwept(link, "Jane Doe (Jira): Is *this* fixed?");
        // a second later than the change, by a clock that counts in seconds, nothing is read again
        await().untilAsserted(() -> {
            world.sweep();
            comments.awaitWorkedOff(link);
            world.jira().clearRequests();
            world.sweep();
            comments.awaitWorkedOff(link);
            assertThat(link.count(Kind.READ_COMMENTS)).isZero();
        });

        awaitFaraday(link, "Jane Doe (Jira): Is *this* fixed?");
        assertThat(comments.inJira(link)).hasSize(1);
        assertThat(comments.details(link, "APPLIED")).singleElement().asString().contains("was added to Faraday");
        assertThat(link.isQuiet()).isTrue();
        assertThat(world.rows()
                        .sql("SELECT u.username FROM comment c JOIN faraday_user u ON u.id = c.creator_id"
                                + " JOIN vulnerability v ON v.id = c.object_id AND v.workspace_id = c.workspace_id"
                                + " WHERE c.object_id = ? AND c.object_type = 'vulnerability'")
                        .param(link.vulnerability())
                        .query(String.class)
                        .single())
                .isEqualTo("faraday");
    }

    @Test
    void each_direction_is_switched_by_itself() {
        Link link = exported();
        switches("{'faraday_to_jira': true, 'jira_to_faraday': false}");
        jane(link, "from Jira");
        link.webhooksCome();
        comments.write(link, "@jira from Faraday");

        await().until(() -> comments.inJira(link).size() == 2);
        assertThat(inFaraday(link)).containsExactly("@jira from Faraday");

        switches("{'faraday_to_jira': false, 'jira_to_faraday': true}");
        comments.write(link, "@jira later");
        awaitFaraday(link, "@jira from Faraday", "@jira later", "Jane Doe (Jira): from Jira");
        assertThat(comments.inJira(link)).hasSize(2);

        switches("{'faraday_to_jira': true, 'jira_to_faraday': true}");
        await().until(() -> comments.inJira(link).size() == 3);
    }

    private static void switches(String directions) {
        comments.administrator().put("projects/SEC/switches", directions);
    }

    @Test
    void a_webhook_brings_it_at_once_and_disturbs_no_status() {
        Link link = exported();
        SandboxIssue issue = world.jira().issue(link.issueKey());
        String status = "'status': {'id': '" + issue.statusId() + "', 'name': '" + issue.statusName() + "'}";
        String ofIssue =
                "'issue': {'id': '" + issue.id() + "', 'key': '" + issue.key() + "', 'fields': {" + status + "}}";
        world.jira().clearRequests();

        jane(link, "by a rule");
        assertThat(webhook("{'title': '" + issue.key() + "', 'status': '" + issue.statusName() + "'}")
                        .statusCode())
                .isEqualTo(202);
        awaitFaraday(link, "Jane Doe (Jira): by a rule");
        jane(link, "by an update");
        webhook("{'webhookEvent': 'jira:issue_updated', 'comment': {'id': '1'}, " + ofIssue + "}");
        awaitFaraday(link, "Jane Doe (Jira): by a rule", "Jane Doe (Jira): by an update");
        String id = jane(link, "by Cloud's event");
        webhook("{'webhookEvent': 'comment_created', 'comment': {'id': '" + id + "'}, " + ofIssue + "}");
        await().until(() -> inFaraday(link).size() == 3);
        id = jane(link, "by Data Center's event");
        assertThat(webhook("{'webhookEvent': 'comment_created', 'comment': {'id': '" + id + "', 'self':"
                                + " 'https://jira.example.com/rest/api/2/issue/" + issue.id() + "/comment/" + id
                                + "'}}")
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> inFaraday(link).size() == 4);

        assertThat(link.count(Kind.READ_ISSUE)).isZero();
        assertThat(link.isQuiet()).isTrue();
    }

    @Test
    void nothing_comes_back_that_the_bridge_wrote_and_nothing_goes_to_and_fro() {
        Link link = exported();
        comments.write(link, "@jira from Faraday");
        comments.awaitWorkedOff(link);
        world.jira().commentPerson(link.issueKey(), SandboxConnection.SERVICE_ACCOUNT, "of a transition");
        jane(link, "@jira from Jira");

        for (int sweep = 0; sweep < 3; sweep++) {
            world.sweep();
            comments.awaitWorkedOff(link);
        }
        awaitFaraday(link, "@jira from Faraday", "Jane Doe (Jira): @jira from Jira");

        assertThat(comments.inJira(link))
                .containsExactly("pentester in Faraday: from Faraday", "of a transition", "@jira from Jira");
    }

    @Test
    void a_comment_whose_answer_was_lost_does_not_come_back_either() {
        Link link = exported();
        world.jira().faults().next(1, "POST", "/comment$", Fault.lostAfter());
        comments.write(link, "@jira lost");
        comments.awaitLostAnswer(link);
        jane(link, "seen");

        world.sweep();
        comments.timePasses();
        comments.awaitWorkedOff(link);

        awaitFaraday(link, "@jira lost", "Jane Doe (Jira): seen");
        assertThat(comments.inJira(link)).hasSize(2);
    }

    @Test
    void what_not_everybody_sees_in_jira_is_not_copied() {
        Link link = exported();
        world.jira().commentForRole(link.issueKey(), "jdoe", "for developers", "Developers");
        world.jira().commentInternally(link.issueKey(), "jdoe", "not for customers");
        jane(link, "   ");
        jane(link, "for all");

        awaitSwept(link, "Jane Doe (Jira): for all");
    }

    @Test
    void what_was_written_before_the_option_was_switched_on_stays_in_jira() {
        comments.copy("to_jira");
        Link link = exported();
        jane(link, "too early");
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true); // Jira's clock counts in seconds
        comments.copy("both");
        jane(link, "in time");

        awaitSwept(link, "Jane Doe (Jira): in time");
    }

    @Test
    void more_comments_than_a_page_come_in_their_order() {
        Link link = exported();
        String[] texts = IntStream.rangeClosed(1, 250)
                .mapToObj(number -> "number " + number)
                .toArray(String[]::new);
        for (String text : texts) {
            jane(link, text);
        }

        world.sweep();

        await().until(() -> inFaraday(link).size() == texts.length);
        assertThat(inFaraday(link)).first().isEqualTo("Jane Doe (Jira): number 1");
        assertThat(inFaraday(link)).doesNotHaveDuplicates().last().isEqualTo("Jane Doe (Jira): number 250");
    }

    @Test
    void a_read_only_workspace_gets_them_when_it_is_writable_again() {
        Link link = exported();
        workspace(link, "readonly = true");
        jane(link, "patience");
        world.sweep();
        await().until(() -> !comments.details(link, "POSTPONED").isEmpty());
        assertThat(inFaraday(link)).isEmpty();

        workspace(link, "readonly = false");
        comments.timePasses();

        awaitFaraday(link, "Jane Doe (Jira): patience");
        assertThat(comments.details(link, "POSTPONED"))
                .singleElement()
                .asString()
                .contains("read-only");
    }

    private static void workspace(Link link, String change) {
        world.rows()
                .sql("UPDATE workspace SET " + change
                        + " WHERE id = (SELECT workspace_id FROM vulnerability WHERE id = ?)")
                .param(link.vulnerability())
                .update();
    }

    @Test
    void a_comment_and_its_record_are_saved_together_or_not_at_all() {
        Link link = exported();
        world.rows()
                .sql(
                        "ALTER TABLE faraday_bridge.copied_comment ADD CONSTRAINT broken CHECK (state <> 'copied') NOT VALID")
                .update();
        jane(link, "only once");
        world.sweep();
        await().until(() -> world.jira().requests().stream().anyMatch(call -> call.kind() == Kind.READ_COMMENTS));
        assertThat(inFaraday(link)).isEmpty();

        world.rows()
                .sql("ALTER TABLE faraday_bridge.copied_comment DROP CONSTRAINT broken")
                .update();
        comments.timePasses();

        awaitFaraday(link, "Jane Doe (Jira): only once");
    }

    @Test
    void two_replicas_copy_each_comment_once() {
        List<Link> links = Link.exported(world, "SEC", 10);
        try (ConfigurableApplicationContext other = world.startAnother()) {
            assertThat(other.isRunning()).isTrue();
            links.forEach(link -> {
                jane(link, "one");
                jane(link, "two");
                webhook("{'title': '" + link.issueKey() + "', 'status': 'To Do'}");
            });
            links.forEach(link -> await().until(() -> inFaraday(link).size() >= 2));
            links.forEach(comments::awaitWorkedOff);
        }

        assertThat(links).allSatisfy(link -> assertThat(inFaraday(link))
                .containsExactly("Jane Doe (Jira): one", "Jane Doe (Jira): two"));
    }

    @Test
    void an_issue_or_a_vulnerability_that_is_deleted_meanwhile_keeps_nobody() {
        List<Link> links = Link.exported(world, "SEC", 3);
        links.forEach(link -> jane(link, "hello"));
        world.jira().faults().next(1, "GET", "/comment$", Fault.errorBefore(500));
        world.rows()
                .sql("DELETE FROM vulnerability WHERE id = ?")
                .param(links.get(0).vulnerability())
                .update();
        world.sweep();
        world.jira().deletePerson(links.get(1).issueKey());

        comments.timePasses();

        await().untilAsserted(() -> {
            comments.timePasses();
            assertThat(inFaraday(links.get(2))).containsExactly("Jane Doe (Jira): hello");
        });
        comments.awaitWorkedOff(links.get(1));
        assertThat(inFaraday(links.get(0))).isEmpty();
    }

    @Test
    void without_the_option_no_comment_is_read() {
        comments.copy("to_jira");
        Link link = exported();
        jane(link, "unread");
        world.jira().clearRequests();

        assertThat(webhook("{'webhookEvent': 'comment_created', 'comment': {'id': '1', 'self':"
                                + " 'https://jira.example.com/rest/api/2/issue/1/comment/1'}}")
                        .statusCode())
                .isEqualTo(400);
        world.jira().movePerson(link.issueKey(), "Done");
        webhook("{'title': '" + link.issueKey() + "', 'status': 'Done'}");
        link.awaitFaraday("closed");
        world.sweep();

        assertThat(link.count(Kind.READ_COMMENTS)).isZero();
        assertThat(world.jira().requests())
                .filteredOn(call -> call.kind() == Kind.SEARCH)
                .noneMatch(call -> call.query().contains("comment"));
        assertThat(inFaraday(link)).isEmpty();
    }
}
