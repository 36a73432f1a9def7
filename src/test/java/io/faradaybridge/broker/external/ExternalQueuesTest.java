package io.faradaybridge.broker.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.ExternalBroker;
import io.faradaybridge.broker.Queues;
import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.sandbox.FreePort;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/** A broker of the operator's own, as it comes: it makes queues as it goes, and keeps what is marked. */
class ExternalQueuesTest {

    private ActiveMQServer broker;
    private BrokerSettings settings;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    @Test
    void missing_queues_are_reported_with_the_lines_that_create_them() throws Exception {
        start();
        ExternalQueues queues = new ExternalQueues(settings, TestBroker.NO_EVENTS);
        try (Connection connection = ExternalBroker.connect(settings)) {
            // what the bridge's own consumer does: the queue is there for as long as it is
            Session session = connection.createSession();
            session.createConsumer(session.createQueue(Queues.VULN_STATUS));

            assertThat(problems(TestBroker.NO_EVENTS))
                    .containsExactly(
                            "queue 'vuln-status' exists only while the bridge consumes",
                            "there is no queue 'vuln-export'",
                            "there is no queue 'dead-letter'");
        }
        queues.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> queues.health().getDetails().containsKey("cure"));
            assertThat(queues.health().getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(queues.health().getDetails().get("cure").toString())
                    .contains(
                            "<address name=\"vuln-status\"><anycast><queue name=\"vuln-status\"/></anycast></address>");
        } finally {
            queues.stop();
        }
    }

    @Test
    void queues_that_the_broker_is_configured_with_are_fine() throws Exception {
        start(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER);
        assertThat(problems(TestBroker.NO_EVENTS)).isEmpty();
    }

    @Test
    void a_broker_that_is_away_says_nothing_about_its_queues() throws Exception {
        start();
        broker.stop();
        ExternalQueues queues = new ExternalQueues(settings, TestBroker.NO_EVENTS);
        assertThat(new BrokerInspection(settings, TestBroker.NO_EVENTS).lacks()).isNull();
        assertThat(queues.health().getStatus()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_strict_broker_is_fine_after_exactly_the_lines_were_added_that_the_bridge_prints() throws Exception {
        EventSettings events = new EventSettings(true, "jira-bridge-events", "/x", "subscriber", null);
        strict("");
        assertThat(problems(events))
                .contains(
                        "there is no queue 'vuln-status'",
                        "there is no topic 'jira-bridge-events'",
                        "the account 'bridge' may not send and not consume on queue 'dead-letter'",
                        "the account 'bridge' may not send on topic 'jira-bridge-events'");
        String lines = BrokerXml.lines(new BrokerInspection(settings, events).lacks(), "bridge");
        String addresses = between(lines, "<addresses>", "</addresses>");
        String rights = between(lines, "<security-settings>", "</security-settings>");
        broker.stop();

        strict(addresses);
        assertThat(problems(events))
                .containsExactly(
                        "the account 'bridge' may not send and not consume on queue 'vuln-status'",
                        "the account 'bridge' may not send and not consume on queue 'vuln-export'",
                        "the account 'bridge' may not send and not consume on queue 'dead-letter'",
                        "the account 'bridge' may not send on topic 'jira-bridge-events'");
        broker.stop();

        strict(rights + addresses);
        assertThat(problems(events)).isEmpty();
        assertThat(broker.locateQueue(Queues.VULN_STATUS).getMessageCount()).isZero();
    }

    @Test
    void an_account_that_the_broker_does_not_accept_is_named() throws Exception {
        strict("");
        BrokerSettings wrong = ExternalBroker.settings(settings.url(), "wrong");
        ExternalQueues queues = new ExternalQueues(wrong, TestBroker.NO_EVENTS);
        queues.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> queues.health()
                    .getDetails()
                    .get("queues")
                    .toString()
                    .startsWith("The external broker does not accept the account 'bridge'"));
        } finally {
            queues.stop();
        }
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to) + to.length());
    }

    private List<String> problems(EventSettings events) throws ActiveMQSecurityException {
        return new BrokerInspection(settings, events)
                .lacks().stream()
                        .flatMap(lack -> lack.sentences("bridge").stream())
                        .toList();
    }

    /** As its operator has it in broker.xml: nothing is created by itself, and nobody may do what is not granted. */
    private void strict(String lines) throws Exception {
        int port = FreePort.next();
        Configuration configuration = new FileConfigurationParser()
                .parseMainConfig(new ByteArrayInputStream(("<core xmlns=\"urn:activemq:core\">"
                                + "<persistence-enabled>false</persistence-enabled>"
                                + "<acceptors><acceptor name=\"all\">tcp://127.0.0.1:" + port
                                + "</acceptor></acceptors>"
                                + (lines.startsWith("<security-settings>")
                                        ? between(lines, "<security-settings>", "</security-settings>")
                                        : "")
                                + "<address-settings><address-setting match=\"#\">"
                                + "<auto-create-queues>false</auto-create-queues>"
                                + "<auto-create-addresses>false</auto-create-addresses>"
                                + "</address-setting></address-settings>"
                                + (lines.contains("<addresses>") ? between(lines, "<addresses>", "</addresses>") : "")
                                + "</core>")
                        .getBytes(StandardCharsets.UTF_8)));
        SecurityConfiguration accounts = new SecurityConfiguration();
        accounts.addUser("bridge", "bridge");
        accounts.addRole("bridge", "bridge");
        broker = new ActiveMQServerImpl(
                configuration, new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts));
        broker.start();
        settings = ExternalBroker.settings(port);
    }

    private void start(String... queues) throws Exception {
        ExternalBroker started = ExternalBroker.start(queues);
        broker = started.server();
        settings = started.settings();
    }
}
