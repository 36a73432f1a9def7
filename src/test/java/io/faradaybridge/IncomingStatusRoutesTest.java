package io.faradaybridge;

import static io.faradaybridge.LoneRoutes.ANSWER;
import static io.faradaybridge.LoneRoutes.REQUEST;
import static io.faradaybridge.LoneRoutes.failure;
import static io.faradaybridge.LoneRoutes.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.link.JiraDrive;
import io.faradaybridge.link.LinkFailures;
import io.faradaybridge.link.LinkFlow;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.LinkWork;
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
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@MockitoBean(name = "jiraDrive", types = JiraDrive.class)
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = {LoneRoutes.class, LinkFlow.class, IncomingStatusRoutesTest.Looks.class},
        webEnvironment = WebEnvironment.NONE,
        properties = LoneRoutes.FILES + "incoming-status.yaml")
class IncomingStatusRoutesTest {

    private static final LinkHint HINT = new LinkHint(5, "c-1");
    private static final LinkWork LEASED = work("leased");
    private static final LinkWork GIVEN_BACK = work("given back");

    @Autowired
    private CamelContext camel;

    @EndpointInject("mock:direct:reconcile")
    private MockEndpoint reconcile;

    @EndpointInject("mock:direct:jira-send")
    private MockEndpoint jira;

    @MockitoBean(name = "reconciliation")
    private Reconciliation reconciliation;

    @MockitoBean(name = "jiraRequests")
    private JiraRequests jiraRequests;

    @MockitoBean(name = "linkFailures")
    private LinkFailures linkFailures;

    /** Nothing is confirmed together. */
    static class Looks {

        @Bean
        Looks jointLook() {
            return new Looks();
        }

        public List<LinkWork> look() {
            return List.of();
        }
    }

    @BeforeEach
    void advise() throws Exception {
        if (!camel.getStatus().isStarted()) {
            AdviceWith.adviceWith(camel, "incoming-status", route -> {
                route.replaceFromWith("direct:incoming-status");
                route.mockEndpointsAndSkip("direct:reconcile");
            });
            AdviceWith.adviceWith(camel, "ask-jira", route -> route.mockEndpointsAndSkip("direct:jira-send"));
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
    }

    private Exchange send(String endpoint, Map<String, Object> variables, Object body) {
        return LoneRoutes.send(camel, endpoint, variables, body);
    }

    @Test
    void a_hint_leases_the_link_and_hands_the_work_on() {
        when(reconciliation.lease(HINT)).thenReturn(LEASED);

        send("direct:incoming-status", Map.of(), HINT);

        assertThat(reconcile.getExchanges()).hasSize(1);
        assertThat(LoneRoutes.variable(reconcile, "work")).isEqualTo(LEASED);
        verifyNoInteractions(linkFailures);
    }

    @Test
    void a_link_that_somebody_else_holds_is_left_to_them() {
        send("direct:incoming-status", Map.of(), HINT);

        verify(reconciliation).lease(HINT);
        assertThat(reconcile.getExchanges()).isEmpty();
        verifyNoInteractions(linkFailures);
    }

    @Test
    void a_lease_that_fails_leaves_the_row_due() {
        QueryTimeoutException failure = new QueryTimeoutException("the database is away");
        when(reconciliation.lease(HINT)).thenThrow(failure);

        send("direct:incoming-status", Map.of(), HINT);

        assertThat(reconcile.getExchanges()).isEmpty();
        verify(linkFailures).unexpected(null, failure);
        verifyNoMoreInteractions(linkFailures);
    }

    @Test
    void jira_is_asked_for_the_issues_status_and_its_answer_looked_at() {
        LinkWork looked = work("looked");
        when(jiraRequests.issueStatus("10001", false, false)).thenReturn(REQUEST);
        when(reconciliation.lookAtJira(LEASED, ANSWER)).thenReturn(looked);
        jira.whenAnyExchangeReceived(exchange -> {
            assertThat(exchange.getMessage().getBody()).isEqualTo(REQUEST);
            exchange.getMessage().setBody(ANSWER);
        });

        Exchange done = send("direct:ask-jira", Map.of("work", LEASED), "whatever the body holds");

        assertThat(jira.getExchanges()).hasSize(1);
        assertThat(done.getVariable("work")).isEqualTo(looked);
        assertThat(done.getMessage().getBody()).isEqualTo("whatever the body holds");
        verifyNoInteractions(linkFailures);
    }

    @ParameterizedTest
    @EnumSource(JiraFailure.Kind.class)
    void what_jira_answers_instead_decides_who_takes_the_work_back(Kind kind) {
        JiraFailure failure = failure(kind);
        when(jiraRequests.issueStatus("10001", false, false)).thenReturn(REQUEST);
        when(linkFailures.refused(LEASED, failure)).thenReturn(GIVEN_BACK);
        when(linkFailures.postpone(LEASED, failure)).thenReturn(GIVEN_BACK);
        jira.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });

        Exchange done = send("direct:ask-jira", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(GIVEN_BACK);
        if (kind == Kind.REFUSED || kind == Kind.GONE) {
            verify(linkFailures).refused(LEASED, failure);
        } else {
            verify(linkFailures).postpone(LEASED, failure);
        }
        verifyNoMoreInteractions(linkFailures);
        verify(reconciliation, never()).lookAtJira(any(), any());
    }

    /** Such as the look whether the issue's project was given another key. */
    @ParameterizedTest
    @EnumSource(JiraFailure.Kind.class)
    void a_further_call_of_jira_that_a_step_makes_itself_fails_as_the_first_one_does(Kind kind) {
        JiraFailure failure = failure(kind);
        when(jiraRequests.issueStatus("10001", false, false)).thenReturn(REQUEST);
        when(reconciliation.lookAtJira(LEASED, ANSWER)).thenThrow(failure);
        when(linkFailures.refused(LEASED, failure)).thenReturn(GIVEN_BACK);
        when(linkFailures.postpone(LEASED, failure)).thenReturn(GIVEN_BACK);
        jira.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(ANSWER));

        Exchange done = send("direct:ask-jira", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(GIVEN_BACK);
        assertThat(Mockito.mockingDetails(linkFailures).getInvocations()).hasSize(1);
    }

    @Test
    void an_answer_that_nobody_can_read_gives_the_work_back() {
        IllegalStateException failure = new IllegalStateException("no status in it");
        when(jiraRequests.issueStatus("10001", false, false)).thenReturn(REQUEST);
        when(reconciliation.lookAtJira(any(), any())).thenThrow(failure);
        when(linkFailures.unexpected(LEASED, failure)).thenReturn(GIVEN_BACK);
        jira.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(ANSWER));

        Exchange done = send("direct:ask-jira", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(GIVEN_BACK);
        verify(linkFailures).unexpected(LEASED, failure);
    }

    @Test
    void what_was_decided_is_applied_to_faraday() {
        LinkWork applied = work("applied");
        when(reconciliation.applyToFaraday(LEASED)).thenReturn(applied);

        Exchange done = send("direct:apply-to-faraday", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(applied);
        verifyNoInteractions(linkFailures, jiraRequests);
    }

    @Test
    void a_change_that_faradays_database_refuses_gives_the_work_back() {
        QueryTimeoutException failure = new QueryTimeoutException("the database is away");
        when(reconciliation.applyToFaraday(LEASED)).thenThrow(failure);
        when(linkFailures.unexpected(LEASED, failure)).thenReturn(GIVEN_BACK);

        Exchange done = send("direct:apply-to-faraday", Map.of("work", LEASED), "");

        assertThat(done.getVariable("work")).isEqualTo(GIVEN_BACK);
        verify(linkFailures).unexpected(LEASED, failure);
    }
}
