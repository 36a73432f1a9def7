package io.faradaybridge;

import static io.faradaybridge.LoneRoutes.ANSWER;
import static io.faradaybridge.LoneRoutes.REQUEST;
import static io.faradaybridge.LoneRoutes.failure;
import static io.faradaybridge.LoneRoutes.send;
import static io.faradaybridge.LoneRoutes.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.link.JiraDrive;
import io.faradaybridge.link.LinkFailures;
import io.faradaybridge.link.LinkFlow;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.LinkWork;
import io.faradaybridge.link.MakeTransitionRoute;
import io.faradaybridge.link.Observation;
import io.faradaybridge.link.Reconciliation;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.InOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** {@code routes/outgoing-status.yaml} alone, with the compiled route that it drives Jira by. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = {LoneRoutes.class, LinkFlow.class, MakeTransitionRoute.class},
        webEnvironment = WebEnvironment.NONE,
        properties = LoneRoutes.FILES + "outgoing-status.yaml")
class OutgoingStatusRoutesTest {

    private static final LinkWork DECIDED = work("decided");
    private static final LinkWork PLANNED = planned("planned");
    private static final LinkWork INTENDED = planned("intended");
    private static final LinkWork DRIVEN = work("driven");
    private static final LinkWork GIVEN_BACK = work("given back");

    @Autowired
    private CamelContext camel;

    @EndpointInject("mock:direct:reconcile")
    private MockEndpoint reconcile;

    @EndpointInject("mock:direct:jira-send")
    private MockEndpoint jira;

    @MockitoBean(name = "reconciliation")
    private Reconciliation reconciliation;

    @MockitoBean(name = "jiraDrive")
    private JiraDrive jiraDrive;

    @MockitoBean(name = "jiraRequests")
    private JiraRequests jiraRequests;

    @MockitoBean(name = "linkFailures")
    private LinkFailures linkFailures;

    @BeforeEach
    void advise() throws Exception {
        if (!camel.getStatus().isStarted()) {
            AdviceWith.adviceWith(camel, "outgoing-status", route -> {
                route.replaceFromWith("direct:outgoing-status");
                route.mockEndpointsAndSkip("direct:reconcile");
            });
            AdviceWith.adviceWith(camel, "drive-jira", route -> route.mockEndpointsAndSkip("direct:jira-send"));
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
        when(jiraRequests.transitions("10001")).thenReturn(REQUEST);
        when(jiraDrive.request(PLANNED)).thenReturn(REQUEST);
        when(jiraDrive.planFromCache(DECIDED)).thenReturn(PLANNED);
        when(jiraDrive.ready(PLANNED)).thenReturn(true);
        when(jiraDrive.intend(PLANNED)).thenReturn(INTENDED);
        when(jiraDrive.ready(INTENDED)).thenReturn(true);
        when(jiraDrive.driven(INTENDED, ANSWER)).thenReturn(DRIVEN);
        jira.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(ANSWER));
    }

    private static LinkWork planned(String correlationId) {
        Transition transition = new Transition("31", "Close", new JiraStatus("10001", "Done"), List.of());
        return work(correlationId, new Observation(null, null, false, null, transition, false), true);
    }

    private Object workAfterDriving() {
        Exchange done = send(camel, "direct:drive-jira", Map.of("work", DECIDED), "whatever the body holds");
        return done.getVariable("work");
    }

    @Test
    void a_hint_and_work_that_the_detector_leased_are_handed_on() {
        LinkHint hint = new LinkHint(5, "c-1");
        when(reconciliation.lease(hint)).thenReturn(DECIDED);
        when(reconciliation.lease(PLANNED)).thenReturn(PLANNED);

        send(camel, "direct:outgoing-status", Map.of(), hint);
        send(camel, "direct:outgoing-status", Map.of(), PLANNED);

        assertThat(reconcile.getExchanges())
                .extracting(exchange -> exchange.getVariable("work"))
                .containsExactly(DECIDED, PLANNED);
    }

    @Test
    void a_link_that_somebody_else_holds_is_left_to_them() {
        send(camel, "direct:outgoing-status", Map.of(), new LinkHint(5, "c-1"));

        assertThat(reconcile.getExchanges()).isEmpty();
        verifyNoInteractions(linkFailures);
    }

    @Test
    void a_transition_that_is_known_is_one_call_between_its_intention_and_its_end() {
        jira.whenAnyExchangeReceived(exchange -> {
            verify(jiraDrive).intend(PLANNED);
            assertThat(exchange.getMessage().getBody()).isEqualTo(REQUEST);
            exchange.getMessage().setBody(ANSWER);
        });

        assertThat(workAfterDriving()).isEqualTo(DRIVEN);

        assertThat(jira.getExchanges()).hasSize(1);
        InOrder order = inOrder(jiraDrive, jiraRequests);
        order.verify(jiraDrive).planFromCache(DECIDED);
        order.verify(jiraDrive).ready(PLANNED);
        order.verify(jiraDrive).request(PLANNED);
        order.verify(jiraDrive).intend(PLANNED);
        order.verify(jiraDrive).ready(INTENDED);
        order.verify(jiraDrive).driven(INTENDED, ANSWER);
        verify(jiraRequests, never()).transitions(any());
        verifyNoInteractions(linkFailures);
    }

    @Test
    void a_transition_that_is_not_known_is_looked_up_first() {
        when(jiraDrive.planFromCache(DECIDED)).thenReturn(DECIDED);
        when(jiraDrive.plan(DECIDED, ANSWER)).thenReturn(PLANNED);

        assertThat(workAfterDriving()).isEqualTo(DRIVEN);

        assertThat(jira.getExchanges()).hasSize(2);
        verify(jiraRequests).transitions("10001");
    }

    @Test
    void where_nothing_leads_to_the_status_nothing_is_sent() {
        when(jiraDrive.planFromCache(DECIDED)).thenReturn(DECIDED);
        when(jiraDrive.plan(DECIDED, ANSWER)).thenReturn(GIVEN_BACK);

        assertThat(workAfterDriving()).isEqualTo(GIVEN_BACK);

        assertThat(jira.getExchanges()).hasSize(1);
        verify(jiraDrive, never()).intend(any());
        verify(jiraDrive, never()).request(any());
    }

    @Test
    void where_the_intention_could_not_be_saved_nothing_is_sent() {
        when(jiraDrive.intend(PLANNED)).thenReturn(GIVEN_BACK);

        assertThat(workAfterDriving()).isEqualTo(GIVEN_BACK);

        assertThat(jira.getExchanges()).isEmpty();
        verify(jiraDrive, never()).driven(any(), any());
    }

    @ParameterizedTest
    @EnumSource
    void a_transition_that_failed_is_not_repeated_and_its_work_is_given_back_with_the_intention(Kind kind) {
        var failure = failure(kind);
        when(linkFailures.refused(INTENDED, failure)).thenReturn(GIVEN_BACK);
        when(linkFailures.postpone(INTENDED, failure)).thenReturn(GIVEN_BACK);
        jira.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });

        assertThat(workAfterDriving()).isEqualTo(GIVEN_BACK);

        assertThat(jira.getExchanges()).hasSize(1);
        if (kind == Kind.REFUSED || kind == Kind.GONE) {
            verify(linkFailures).refused(INTENDED, failure);
        } else {
            verify(linkFailures).postpone(INTENDED, failure);
        }
        verifyNoMoreInteractions(linkFailures);
        verify(jiraDrive, never()).driven(any(), any());
    }

    @Test
    void a_look_up_that_failed_sends_no_transition() {
        var failure = failure(Kind.TRANSIENT);
        when(jiraDrive.planFromCache(DECIDED)).thenReturn(DECIDED);
        when(linkFailures.postpone(DECIDED, failure)).thenReturn(GIVEN_BACK);
        jira.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });

        assertThat(workAfterDriving()).isEqualTo(GIVEN_BACK);

        assertThat(jira.getExchanges()).hasSize(1);
        verify(jiraDrive, never()).plan(any(), any());
        verify(jiraDrive, never()).intend(any());
    }

    @Test
    void an_end_that_could_not_be_saved_leaves_the_intention_to_whoever_looks_next() {
        QueryTimeoutException failure = new QueryTimeoutException("the database is away");
        when(jiraDrive.driven(INTENDED, ANSWER)).thenThrow(failure);
        when(linkFailures.unexpected(INTENDED, failure)).thenReturn(GIVEN_BACK);

        assertThat(workAfterDriving()).isEqualTo(GIVEN_BACK);

        assertThat(jira.getExchanges()).hasSize(1);
        verify(linkFailures).unexpected(INTENDED, failure);
    }
}
