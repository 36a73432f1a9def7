package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import io.faradaybridge.tracing.Collector.Seen;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a collector of OpenTelemetry is shown of the work, from its event to Jira's answer. */
@ExtendWith(OutputCaptureExtension.class)
class TracesStoryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WEBHOOK = "/_api/v3/integrations/jira/update-issues";
    private static final String TOPIC = "jira-bridge-events";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static Collector collector;
    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        collector = new Collector();
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("spring.application.version", "1.2.3") // of a jar, its manifest's
                .with("bridge.tracing.enabled", true)
                .with("bridge.tracing.endpoint", collector.endpoint())
                .with("bridge.events.enabled", true)
                .with("bridge.events.password", "sandbox")
                .start();
    }

    @AfterAll
    static void leave() {
        world.close();
        collector.close();
    }

    @Test
    void a_webhook_leads_over_the_work_of_its_link_to_the_call_of_jira() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "Done");
        String event = event(webhook(link));
        link.awaitFaraday("closed");

        String trace = event.replace("-", "");
        Seen webhook = collector.awaitSpan(trace, "POST " + WEBHOOK);
        Seen work = collector.awaitSpan(trace, "incoming-status");
        Seen call = collector.awaitSpan(trace, "GET /rest/api/2/issue/{}");
        assertThat(List.of(webhook, work, call)).extracting(Seen::correlation).containsOnly(event);
        assertThat(List.of(webhook, work, call)).extracting(Seen::failed).containsOnly(false);
        assertThat(webhook.kind()).isEqualTo("SERVER");
        assertThat(webhook.parent()).as("a stranger's traceparent").isEmpty();
        assertThat(webhook.attributes())
                .containsEntry("http.route", WEBHOOK)
                .containsEntry("http.response.status_code", "202");
        assertThat(work.parent()).isEqualTo(webhook.id());
        assertThat(work.attributes())
                .containsEntry("bridge.vulnerability_id", String.valueOf(link.vulnerability()))
                .containsEntry("bridge.issue_key", link.issueKey())
                .containsEntry("bridge.attempt", "1");
        assertThat(call.kind()).isEqualTo("CLIENT");
        assertThat(call.parent()).isEqualTo(work.id());
        assertThat(call.attributes())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("bridge.operation", "READ");
        assertThat(collector.resource())
                .containsEntry("service.name", "faraday-jira-bridge")
                .containsEntry("service.version", "1.2.3");
    }

    @Test
    void a_message_goes_on_with_the_trace_of_its_sender_to_the_transition() throws Exception {
        Link link = Link.exported(world, "SEC").webhooksCome();
        link.awaitQuiet();
        CamelContext flows = world.bean(CamelContext.class);
        flows.getRouteController().suspendRoute("detector"); // it would find the change too
        try {
            world.setStatus(link.vulnerability(), "closed");
            send("vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}", null);
            link.awaitJira("Done");
        } finally {
            flows.getRouteController().resumeRoute("detector");
        }

        Seen message = collector.awaitSpan(TRACE, "process vuln-status");
        Seen work = collector.awaitSpan(TRACE, "outgoing-status");
        Seen call = collector.awaitSpan(TRACE, "POST /rest/api/2/issue/{}/transitions");
        assertThat(message.kind()).isEqualTo("CONSUMER");
        assertThat(message.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(message.attributes()).containsEntry("messaging.destination.name", "vuln-status");
        assertThat(work.parent()).isEqualTo(message.id());
        assertThat(call.parent()).isEqualTo(work.id());
        assertThat(call.attributes())
                .containsEntry("http.response.status_code", "204")
                .containsEntry("bridge.operation", "TRANSITION");
        assertThat(List.of(message, work, call)).extracting(Seen::correlation).containsOnly(message.correlation());
        assertThat(message.correlation()).startsWith(TRACE + "-");
        await().atMost(SOON).untilAsserted(() -> assertThat(correlations(link)).contains(message.correlation()));
    }

    @Test
    void a_message_with_an_id_of_its_own_has_the_trace_of_that_id_and_names_its_sender() throws Exception {
        send("vuln-status", "no JSON", "scan-42");

        Seen message = collector.awaitSpan(TraceIds.of("scan-42"), "process vuln-status");
        assertThat(message.correlation()).isEqualTo("scan-42");
        assertThat(message.linkedTraces()).containsExactly(TRACE);
        assertThat(message.failed()).isTrue();
        assertThat(message.attributes()).containsEntry("error.type", "UnusableMessage");
        Seen letter = collector.awaitSpan(message.trace(), "publish dead-letter");
        assertThat(letter.parent()).isEqualTo(message.id());
    }

    @Test
    void an_export_leads_to_the_creation_and_to_its_event() throws Exception {
        int vulnerability = world.vulnerabilities(1).get(0);
        try (Connection connection = broker("subscriber")) {
            Session session = connection.createSession();
            MessageConsumer events = session.createConsumer(session.createTopic(TOPIC));
            connection.start();
            String correlation = world.post(
                            "/_api/v3/integrations/jira/export",
                            "{\"vulnerability_ids\": [" + vulnerability + "], \"project\": \"SEC\"}",
                            BridgeWorld.basic("faraday", "faraday"))
                    .headers()
                    .firstValue("X-Correlation-Id")
                    .orElseThrow();
            String trace = correlation.replace("-", "");

            Seen request = collector.awaitSpan(trace, "POST /_api/v3/integrations/jira/export");
            Seen chunk = collector.awaitSpan(trace, "export-chunk");
            Seen call = collector.awaitSpan(trace, "POST /rest/api/2/issue/bulk");
            Seen published = collector.awaitSpan(trace, "publish " + TOPIC);
            assertThat(chunk.parent()).isEqualTo(request.id());
            assertThat(chunk.attributes())
                    .containsEntry("bridge.items", "1")
                    .containsEntry("bridge.project_key", "SEC");
            assertThat(call.parent()).isEqualTo(chunk.id());
            assertThat(call.attributes()).containsEntry("http.response.status_code", "201");
            assertThat(published.kind()).isEqualTo("PRODUCER");
            assertThat(List.of(request, chunk, call, published))
                    .extracting(Seen::correlation)
                    .containsOnly(correlation);
            assertThat(event(events, correlation).getStringProperty("cloudEvents_traceparent"))
                    .isEqualTo("00-" + trace + "-" + published.id() + "-01");
        }
    }

    @Test
    void a_failure_of_jira_is_shown_at_its_call_and_at_the_work() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "Done");
        String id = world.jira().issue(link.issueKey()).id();
        world.jira().faults().next(1, "GET", "/issue/" + id + "$", Fault.errorBefore(500));
        String trace = event(webhook(link)).replace("-", "");

        Seen call = collector.awaitSpan(
                "the failed call",
                span -> span.trace().equals(trace) && span.kind().equals("CLIENT") && span.failed());
        Seen work = collector.awaitSpan("the failed work", span -> span.id().equals(call.parent()));
        assertThat(call.attributes())
                .containsEntry("http.response.status_code", "500")
                .containsEntry("error.type", "500");
        assertThat(work.failed()).isTrue();
        assertThat(work.attributes()).containsEntry("error.type", "TRANSIENT");
        link.awaitFaraday("closed");
    }

    @Test
    @Tag("long")
    void a_collector_that_does_not_answer_stops_no_work_and_is_reported_once(CapturedOutput log) {
        collector.hang();
        try {
            for (int i = 0; i < 3; i++) {
                Link link = Link.exported(world, "SEC");
                world.setStatus(link.vulnerability(), "closed");
                link.awaitJira("Done");
            }
            await().atMost(SOON).until(() -> log.getAll().contains("Traces are lost, because " + collector.endpoint()));
        } finally {
            collector.goOn();
        }
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        String event = event(webhook(link));
        collector.awaitSpan(event.replace("-", ""), "POST " + WEBHOOK);
        assertThat(log.getAll().lines().filter(line -> line.contains("Traces are lost")))
                .hasSize(1);
    }

    @Test
    void the_lines_of_the_log_name_the_trace() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger calls = (Logger) LoggerFactory.getLogger("io.faradaybridge.jira.client.JiraCall");
        calls.setLevel(Level.DEBUG);
        calls.addAppender(lines);
        lines.start();
        world.jira().movePerson(link.issueKey(), "Done");
        String event;
        try {
            event = event(webhook(link));
            link.awaitFaraday("closed");
        } finally {
            calls.detachAppender(lines);
            calls.setLevel(null);
        }
        assertThat(List.copyOf(lines.list))
                .extracting(ILoggingEvent::getMDCPropertyMap)
                .anySatisfy(context -> assertThat(context)
                        .containsEntry("camel.breadcrumbId", event)
                        .containsEntry("trace_id", event.replace("-", "")));
    }

    @Test
    void no_span_holds_a_secret_or_a_text() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        collector.awaitSpan("any call", span -> span.kind().equals("CLIENT"));

        assertThat(collector.spans())
                .allSatisfy(span -> assertThat(span.attributes().keySet())
                        .isSubsetOf(
                                "bridge.attempt",
                                "bridge.correlation_id",
                                "bridge.issue_key",
                                "bridge.items",
                                "bridge.operation",
                                "bridge.project_key",
                                "bridge.vulnerability_id",
                                "error.type",
                                "http.request.method",
                                "http.response.status_code",
                                "http.route",
                                "messaging.destination.name",
                                "messaging.operation.name",
                                "messaging.system",
                                "peer.service",
                                "url.template"));
    }

    private static HttpResponse<String> webhook(Link link) {
        return world.post(
                WEBHOOK,
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + link.jira() + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN, "traceparent", TRACE_PARENT));
    }

    private static String event(HttpResponse<String> answer) {
        return BridgeWorld.json(answer.body()).path("event").asText();
    }

    private static Connection broker(String user) throws JMSException {
        return new ActiveMQConnectionFactory(
                        "tcp://127.0.0.1:" + world.bean(EmbeddedBroker.class).port("core"), user, "sandbox")
                .createConnection();
    }

    private static void send(String queue, String body, String correlation) throws JMSException {
        try (Connection connection = broker("faraday");
                Session session = connection.createSession()) {
            TextMessage message = session.createTextMessage(body);
            message.setStringProperty("traceparent", TRACE_PARENT);
            message.setJMSCorrelationID(correlation);
            session.createProducer(session.createQueue(queue)).send(message);
        }
    }

    private static Message event(MessageConsumer events, String correlation) throws JMSException {
        while (true) {
            Message event = events.receive(SOON.toMillis());
            assertThat(event).as("the event of " + correlation).isNotNull();
            if (correlation.equals(event.getJMSCorrelationID())) {
                return event;
            }
        }
    }

    private static List<String> correlations(Link link) {
        return world.rows()
                .sql("SELECT correlation_id FROM faraday_bridge.activity WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(String.class)
                .list();
    }
}
