package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.broker.DatabaseOutage;
import io.faradaybridge.export.EnrichedItem;
import io.faradaybridge.export.ExportItem;
import io.faradaybridge.export.IssueDraft;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.LinkWork;
import io.faradaybridge.link.Observation;
import io.faradaybridge.link.decision.StatusPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * A shipped route file alone in a Camel of its own: its beans are stand-ins, what it sends to is replaced by mocks. Not a
 * {@code @Configuration}, which the bridge in the worlds of other tests would find.
 */
@Import(PlainMethodFailures.Language.class)
@ImportAutoConfiguration(CamelAutoConfiguration.class)
class LoneRoutes {

    static final String FILES = "camel.main.routes-include-pattern=file:routes/errors.yaml,file:routes/";

    static final JiraRequest REQUEST =
            new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/issue/10001", List.of(), null, "issue SEC-1");
    static final JiraAnswer ANSWER = new JiraAnswer(200, MissingNode.getInstance(), null);

    private static final IssueLink LINK = link(0);

    @Bean
    GroupedBodyAggregationStrategy groupedBodies() {
        return new GroupedBodyAggregationStrategy();
    }

    /** There is no database to ask; the real one is tried with an outage. */
    @Bean
    DatabaseOutage databaseOutage() {
        return mock(DatabaseOutage.class);
    }

    private static IssueLink link(long hintsSeen) {
        StatusPair agreed = new StatusPair(FaradayStatus.OPEN, new JiraStatus("10000", "To Do"));
        return new IssueLink(
                5, 17, 1, "SEC", "Bug", "10001", "SEC-1", agreed, 1, hintsSeen, 0, null, null, null, null, 0, null, 0,
                null);
    }

    /** Whose only hint has been looked at: nothing says that Jira moved since they agreed. */
    static LinkWork covered(boolean askJira) {
        Observation seen = new Observation(null, new JiraStatus("10000", "To Do"), false, null, null, false);
        return new LinkWork(link(1), UUID.randomUUID(), "covered", askJira, seen, true);
    }

    /** A leased link; each has a correlation id of its own, so that tests can tell one step's work from the next one's. */
    static LinkWork work(String correlationId) {
        return work(correlationId, new Observation(null, null, false, null, null, false), true);
    }

    static LinkWork work(String correlationId, Observation observation, boolean open) {
        return new LinkWork(LINK, UUID.randomUUID(), correlationId, false, observation, open);
    }

    static ExportItem item(long id, int vulnerability) {
        return new ExportItem(
                id,
                1,
                vulnerability,
                "SEC",
                "Bug",
                FaradayStatus.OPEN,
                UUID.randomUUID(),
                false,
                0,
                0,
                null,
                false,
                null,
                null,
                "c-1",
                null);
    }

    static IssueDraft draft(ExportItem item) {
        return new IssueDraft(item, JsonNodeFactory.instance.objectNode(), Map.of(), List.of(), false, null);
    }

    static EnrichedItem enriched(ExportItem item) {
        return new EnrichedItem(item, Map.of("name", "vulnerability " + item.vulnerabilityId()), null);
    }

    static JiraFailure failure(JiraFailure.Kind kind) {
        return JiraFailure.unanswered(kind, "Jira says so");
    }

    static Object variable(MockEndpoint mock, String name) {
        return mock.getExchanges().get(0).getVariable(name);
    }

    /** To a route whose error policy leaves no failure to its caller. */
    static Exchange send(CamelContext camel, String endpoint, Map<String, Object> variables, Object body) {
        Exchange sent = camel.getEndpoint(endpoint).createExchange();
        sent.getMessage().setBody(body);
        variables.forEach(sent::setVariable);
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            Exchange done = sender.send(endpoint, sent);
            assertThat(done.getException()).isNull();
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
