package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody changes a vulnerability's status in Faraday; the issue follows. */
class OutgoingStatusStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private void send(String protocol, String text) throws Exception {
        EmbeddedBroker broker = world.bean(EmbeddedBroker.class);
        switch (protocol) {
            case "core" -> {
                try (var connections = new ActiveMQConnectionFactory(
                                "tcp://localhost:" + broker.port("core"), "faraday", "sandbox");
                        var context = connections.createContext()) {
                    context.createProducer().send(context.createQueue("vuln-status"), text);
                }
            }
            case "amqp" -> {
                var connections =
                        new JmsConnectionFactory("faraday", "sandbox", "amqp://localhost:" + broker.port("amqp"));
                try (var context = connections.createContext()) {
                    context.createProducer().send(context.createQueue("vuln-status"), text);
                }
            }
            default -> {
                try (Stomp stomp = new Stomp(broker.port("stomp"), "faraday", "sandbox")) {
                    stomp.sendText("vuln-status", text);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp", "stomp"})
    void a_message_over_any_protocol_moves_the_issue(String protocol) throws Exception {
        Link link = Link.exported(world, "SEC");
        world.setStatus(link.vulnerability(), "closed");

        send(protocol, "{\"vulnerability_id\": " + link.vulnerability() + ", \"status\": \"closed\"}");

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(link.outcomes()).containsExactly("exported", "driven");
    }

    @Test
    void a_faraday_that_sends_no_messages_works_too() {
        Link link = Link.exported(world, "SEC");

        world.setStatus(link.vulnerability(), "re-opened");

        link.awaitJira("In Progress");
        link.awaitQuiet();
    }

    @Test
    void a_warm_change_costs_one_call_of_jira() {
        Link cold = Link.exported(world, "SEC");
        world.setStatus(cold.vulnerability(), "closed");
        cold.awaitJira("Done");
        Link warm = Link.exported(world, "SEC");
        warm.awaitQuiet();
        warm.webhooksCome();
        world.jira().clearRequests();

        world.setStatus(warm.vulnerability(), "closed");

        warm.awaitJira("Done");
        warm.awaitQuiet();
        assertThat(warm.calls()).extracting(call -> call.kind()).containsExactly(Kind.TRANSITION);
    }

    @Test
    void both_done_statuses_mean_done_and_nothing_bounces_back() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), io.faradaybridge.sandbox.SampleFaraday.TOKEN_OF_ADMIN);

        world.setStatus(link.vulnerability(), "risk-accepted");

        link.awaitJira("Done");
        await().until(() -> !world.jira().automation().deliveries().isEmpty());
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("closed");
        assertThat(world.jira().issue(link.issueKey()).transitions()).isEqualTo(1);
    }

    @Test
    void an_impossible_transition_is_refused_with_what_jira_offers() {
        Link link = Link.exported(world, "WEB");

        world.setStatus(link.vulnerability(), "closed");

        await().until(() -> link.blockedReason().contains("'Begin' -> In Progress"));
        assertThat(link.blockedReason()).contains("no transition to 'Done'");
        assertThat(link.faraday()).isEqualTo("closed");
        world.jira().clearRequests();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(link.calls()).isEmpty();

        world.setStatus(link.vulnerability(), "re-opened");
        link.awaitJira("In Progress");
    }

    @Test
    void an_outdated_transition_in_the_cache_is_read_again() {
        Link first = Link.exported(world, "SEC");
        world.setStatus(first.vulnerability(), "closed");
        first.awaitJira("Done");
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        link.webhooksCome();
        world.jira().movePerson(link.issueKey(), "In Progress");

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("closed");
    }

    @Test
    void too_many_requests_are_waited_for_as_long_as_jira_asks() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.tooManyRequests(Duration.ofSeconds(1)));

        world.setStatus(link.vulnerability(), "re-opened");

        link.awaitJira("In Progress");
        link.awaitQuiet();
        assertThat(world.jira().issue(link.issueKey()).transitions()).isEqualTo(1);
    }

    @Test
    void while_one_issue_fails_the_others_go_on() {
        List<Link> links = Link.exported(world, "SEC", 6);
        String id = world.jira().issue(links.get(0).issueKey()).id();
        world.jira().faults().sometimes(1.0, "POST", ".*/issue/" + id + "/transitions", Fault.errorBefore(500));

        links.forEach(link -> world.setStatus(link.vulnerability(), "closed"));

        links.subList(1, 6).forEach(link -> link.awaitJira("Done"));
        assertThat(links.get(0).jira()).isEqualTo("To Do");
        world.jira().faults().clear();
        links.get(0).awaitJira("Done");
    }

    @Test
    void a_lost_answer_does_not_move_the_issue_twice() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.lostAfter());
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        await().until(() -> world.rows()
                .sql("SELECT driving_since IS NOT NULL AND lease_token IS NOT NULL FROM faraday_bridge.issue_link"
                        + " WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single());

        link.leaseRunsOut();

        link.awaitQuiet();
        assertThat(world.jira().issue(link.issueKey()).transitions()).isEqualTo(1);
        assertThat(link.outcomes()).containsSequence("driven");
    }

    @Test
    void a_lost_answer_and_a_look_that_fails_do_not_undo_what_a_person_does_next() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.lostAfter());
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        await().until(() -> world.rows()
                .sql("SELECT retry_at IS NOT NULL FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single());
        world.setStatus(link.vulnerability(), "re-opened");
        world.jira().faults().next(1, "GET", ".*/issue/[0-9]+", Fault.errorBefore(500));

        link.leaseRunsOut();

        link.awaitJira("In Progress");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("re-opened");
        assertThat(link.outcomes()).doesNotContain("applied", "conflict");
    }

    @Test
    void conflicting_moves_are_settled_by_the_projects_policy() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.configure("value || '{\"enabled\": false}'");
        world.jira().movePerson(link.issueKey(), "Done");
        world.setStatus(link.vulnerability(), "re-opened");
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Done\"}",
                java.util.Map.of("X-Jira-Token", io.faradaybridge.sandbox.SampleFaraday.TOKEN_OF_ADMIN));

        world.configure("value || '{\"enabled\": true}'");

        link.awaitFaraday("closed");
        link.awaitQuiet();
        assertThat(link.outcomes()).contains("conflict");
        assertThat(link.jira()).isEqualTo("Done");
    }
}
