package io.faradaybridge;

import static io.faradaybridge.LoneRoutes.send;
import static io.faradaybridge.LoneRoutes.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.faradaybridge.faraday.DirtyWorkspaces;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.JiraDrive;
import io.faradaybridge.link.LinkFailures;
import io.faradaybridge.link.LinkFlow;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.LinkWork;
import io.faradaybridge.link.Observation;
import io.faradaybridge.link.Reconciliation;
import io.faradaybridge.link.decision.Decision;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** {@code routes/reconcile.yaml} alone. */
@MockitoBean(name = "jiraDrive", types = JiraDrive.class)
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = {LoneRoutes.class, LinkFlow.class, ReconcileRoutesTest.Ticks.class},
        webEnvironment = WebEnvironment.NONE,
        properties = LoneRoutes.FILES + "reconcile.yaml")
class ReconcileRoutesTest {

    private static final JiraStatus DONE = new JiraStatus("10001", "Done");
    private static final Tick TICK = new Tick();
    private static final LinkWork LEASED = work("leased");
    private static final LinkWork CLOSED = closed("closed");

    @Autowired
    private CamelContext camel;

    @EndpointInject("mock:direct:ask-jira")
    private MockEndpoint jira;

    @EndpointInject("mock:direct:apply-to-faraday")
    private MockEndpoint faraday;

    @EndpointInject("mock:direct:drive-jira")
    private MockEndpoint drive;

    @EndpointInject("mock:seda:outgoing-status")
    private MockEndpoint due;

    @EndpointInject("mock:seda:incoming-status")
    private MockEndpoint swept;

    @EndpointInject("mock:seda:export")
    private MockEndpoint export;

    @MockitoBean(name = "reconciliation")
    private Reconciliation reconciliation;

    @MockitoBean(name = "linkFailures")
    private LinkFailures linkFailures;

    @MockitoBean(name = "dirtyWorkspaces")
    private DirtyWorkspaces dirtyWorkspaces;

    /** In place of the detector and the sweep: what they find, or how they fail. */
    public static final class Tick {

        private List<?> found = List.of();
        private @Nullable Exception failure;

        public List<?> claim() throws Exception {
            if (failure != null) {
                throw failure;
            }
            return found;
        }

        public List<?> sweep() throws Exception {
            return claim();
        }
    }

    static class Ticks {

        @Bean
        Tick linkDetector() {
            return TICK;
        }

        @Bean
        Tick jiraSweep() {
            return TICK;
        }
    }

    @BeforeEach
    void advise() throws Exception {
        if (!camel.getStatus().isStarted()) {
            AdviceWith.adviceWith(
                    camel,
                    "reconcile",
                    route -> route.mockEndpointsAndSkip("direct:(ask-jira|apply-to-faraday|drive-jira)"));
            for (String tick : List.of("detector", "sweep", "recount")) {
                AdviceWith.adviceWith(camel, tick, route -> {
                    route.replaceFromWith("direct:" + tick);
                    route.mockEndpointsAndSkip("seda:.*");
                });
            }
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
        TICK.found = List.of();
        TICK.failure = null;
    }

    private static LinkWork closed(String correlationId) {
        return work(correlationId, new Observation(null, null, false, null, null, false), false);
    }

    private static LinkWork decided(Decision decision) {
        return work("decided", new Observation(null, DONE, true, decision, null, false), true);
    }

    private static void closes(MockEndpoint step) {
        step.whenAnyExchangeReceived(exchange -> exchange.setVariable("work", CLOSED));
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void jira_is_asked_where_its_status_cannot_be_assumed(boolean mustAsk, int asked) {
        LinkWork looked = LoneRoutes.covered(mustAsk);
        when(reconciliation.lookAtFaraday(LEASED)).thenReturn(looked);
        when(reconciliation.decide(any())).thenReturn(CLOSED);

        send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(jira.getExchanges()).hasSize(asked);
        verify(reconciliation).decide(looked);
    }

    @Test
    void work_that_the_look_at_faraday_closed_asks_nobody() {
        when(reconciliation.lookAtFaraday(LEASED)).thenReturn(CLOSED);
        when(reconciliation.decide(CLOSED)).thenReturn(CLOSED);

        send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(jira.getExchanges()).isEmpty();
        assertThat(faraday.getExchanges()).isEmpty();
        assertThat(drive.getExchanges()).isEmpty();
        verify(reconciliation, never()).settle(any());
    }

    @Test
    void the_side_that_did_not_move_follows() {
        closes(faraday);
        closes(drive);
        when(reconciliation.lookAtFaraday(LEASED)).thenReturn(LEASED);
        LinkWork toFaraday = decided(new Decision.ApplyToFaraday(FaradayStatus.CLOSED));
        LinkWork toJira = decided(new Decision.Conflict(new Decision.DriveJira(DONE)));
        when(reconciliation.decide(any())).thenReturn(toFaraday, toJira);

        send(camel, "direct:reconcile", Map.of("work", LEASED), "");
        send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(faraday.getExchanges()).hasSize(1);
        assertThat(drive.getExchanges()).hasSize(1);
        verify(reconciliation, never()).settle(any());
    }

    @Test
    void sides_in_step_are_settled() {
        LinkWork inStep = decided(new Decision.Settle(true, "both mean the same"));
        when(reconciliation.lookAtFaraday(LEASED)).thenReturn(LEASED);
        when(reconciliation.decide(any())).thenReturn(inStep);
        when(reconciliation.settle(inStep)).thenReturn(CLOSED);

        Exchange done = send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(CLOSED);
        assertThat(faraday.getExchanges()).isEmpty();
        assertThat(drive.getExchanges()).isEmpty();
    }

    @Test
    void what_moved_meanwhile_is_looked_at_again() {
        LinkWork again = work("again");
        faraday.whenExchangeReceived(1, exchange -> exchange.setVariable("work", again));
        faraday.whenExchangeReceived(2, exchange -> exchange.setVariable("work", CLOSED));
        when(reconciliation.lookAtFaraday(any())).thenReturn(LEASED);
        when(reconciliation.decide(any())).thenReturn(decided(new Decision.ApplyToFaraday(FaradayStatus.CLOSED)));

        send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(faraday.getExchanges()).hasSize(2);
        verify(reconciliation).lookAtFaraday(LEASED);
        verify(reconciliation).lookAtFaraday(again);
    }

    @Test
    void a_step_that_fails_gives_the_work_back_and_ends_the_round() {
        QueryTimeoutException failure = new QueryTimeoutException("the database is away");
        when(reconciliation.lookAtFaraday(LEASED)).thenThrow(failure);
        when(linkFailures.unexpected(LEASED, failure)).thenReturn(CLOSED);

        Exchange done = send(camel, "direct:reconcile", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(CLOSED);
        verify(reconciliation).lookAtFaraday(LEASED);
        verify(reconciliation, never()).decide(any());
    }

    @Test
    void the_detector_hands_each_due_link_over_and_wakes_the_export() {
        TICK.found = List.of(LEASED, CLOSED);

        send(camel, "direct:detector", Map.of(), "");

        assertThat(due.getExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(LEASED, CLOSED);
        assertThat(export.getExchanges()).hasSize(1);
        assertThat(swept.getExchanges()).isEmpty();
    }

    @Test
    void the_sweep_hands_each_hint_over() {
        LinkHint first = new LinkHint(5, "c-1");
        LinkHint second = new LinkHint(6, "c-2");
        TICK.found = List.of(first, second);

        send(camel, "direct:sweep", Map.of(), "");

        assertThat(swept.getExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(first, second);
        assertThat(due.getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"detector", "sweep"})
    void a_tick_that_fails_is_lost_and_hands_nothing_over(String tick) {
        for (Exception failure : List.of(new SQLException("away"), new IllegalStateException("of the bridge's own"))) {
            TICK.failure = failure;

            send(camel, "direct:" + tick, Map.of(), "");
        }

        assertThat(due.getExchanges()).isEmpty();
        assertThat(swept.getExchanges()).isEmpty();
        assertThat(export.getExchanges()).isEmpty();
        verifyNoInteractions(linkFailures);
    }

    @Test
    void workspaces_that_changed_are_counted_anew() {
        send(camel, "direct:recount", Map.of(), "");

        verify(dirtyWorkspaces).recount();
    }
}
