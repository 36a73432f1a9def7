package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutomationTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final String[] ROUND = {"In Progress", "In Review", "Done", "To Do"};

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final SandboxJira jira = SandboxJira.start(
            SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
        receiver.close();
    }

    private List<String> moveAround(String key, int times) {
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(jira.movePerson(key, ROUND[i % ROUND.length]).statusName());
        }
        return statuses;
    }

    private void awaitPosts(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.posts().size() >= count);
    }

    @Test
    void posts_every_change_of_status_whoever_made_it() {
        jira.automation(receiver.url(), "faraday-token");
        ObjectNode draft = (ObjectNode) draft("SEC", "Bug", "x");
        ((ObjectNode) draft.get("fields")).put("description", "a \"quoted\"\nline");
        client.post("/issue", draft);

        client.post("/issue/SEC-1/transitions", transition("11"));
        jira.movePerson("SEC-1", "Done");

        awaitPosts(2);
        assertThat(receiver.posts())
                .containsExactly(
                        post("SEC-1", "a \"quoted\"\nline", "Medium", "In Progress"),
                        post("SEC-1", "a \"quoted\"\nline", "Medium", "Done"));
    }

    private static WebhookReceiver.Post post(String key, String description, String priority, String status) {
        return new WebhookReceiver.Post(
                "faraday-token",
                "application/json",
                Json.object("title", key, "desc", description, "priority", priority, "status", status));
    }

    @Test
    void what_an_issue_lacks_is_empty_and_what_was_refused_is_not_sent_again() {
        jira.automation(receiver.url(), "faraday-token");
        receiver.answerWith(500);
        jira.createPerson("SEC", "Bug", "x");

        jira.movePerson("SEC-1", "Done");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> jira.automation().deliveries().size() == 1);
        assertThat(jira.automation().deliveries()).containsExactly(new Automation.Delivery("SEC-1", "Done", "500"));
        assertThat(receiver.posts()).containsExactly(post("SEC-1", "", "", "Done"));
    }

    @Test
    void keeps_the_order_of_one_issue_however_late_each_post_is() {
        jira.automation(receiver.url(), "t").delay(Duration.ZERO, Duration.ofMillis(60));
        jira.createPerson("SEC", "Bug", "x");

        List<String> moves = moveAround("SEC-1", 20);

        awaitPosts(20);
        assertThat(receiver.statuses()).isEqualTo(moves);
    }

    @Test
    void loses_the_order_when_asked_to() {
        jira.automation(receiver.url(), "t")
                .delay(Duration.ZERO, Duration.ofMillis(200))
                .reorders(true);
        jira.createPerson("SEC", "Bug", "x");

        List<String> moves = moveAround("SEC-1", 20);

        awaitPosts(20);
        assertThat(receiver.statuses()).isNotEqualTo(moves).containsExactlyInAnyOrderElementsOf(moves);
    }

    @Test
    void loses_and_doubles_posts_when_asked_to() {
        jira.automation(receiver.url(), "t").duplicates(1);
        jira.createPerson("SEC", "Bug", "x");
        jira.movePerson("SEC-1", "Done");
        awaitPosts(2);
        assertThat(receiver.statuses()).containsExactly("Done", "Done");

        jira.automation().loses(1);
        jira.movePerson("SEC-1", "To Do");

        assertThat(jira.automation().deliveries()).contains(new Automation.Delivery("SEC-1", "To Do", "lost"));
    }

    @Test
    void says_nothing_while_it_is_off() {
        jira.automation(receiver.url(), "t").enabled(false);
        jira.createPerson("SEC", "Bug", "x");
        jira.movePerson("SEC-1", "In Progress");

        jira.automation().enabled(true);
        jira.movePerson("SEC-1", "Done");

        awaitPosts(1);
        assertThat(receiver.statuses()).containsExactly("Done");
    }
}
