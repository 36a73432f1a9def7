package io.faradaybridge;

import static io.faradaybridge.LoneRoutes.ANSWER;
import static io.faradaybridge.LoneRoutes.REQUEST;
import static io.faradaybridge.LoneRoutes.draft;
import static io.faradaybridge.LoneRoutes.enriched;
import static io.faradaybridge.LoneRoutes.failure;
import static io.faradaybridge.LoneRoutes.item;
import static io.faradaybridge.LoneRoutes.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.export.CreateIssuesRoute;
import io.faradaybridge.export.ExportChunk;
import io.faradaybridge.export.ExportFailures;
import io.faradaybridge.export.ExportFlow;
import io.faradaybridge.export.ExportItem;
import io.faradaybridge.export.ExportLookup;
import io.faradaybridge.export.IssueDraft;
import io.faradaybridge.export.IssueScreen;
import io.faradaybridge.export.Unrendered;
import io.faradaybridge.export.reopening.IssueRelations;
import io.faradaybridge.fields.Directory;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.InOrder;
import org.mockito.stubbing.Stubber;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** {@code routes/export.yaml} alone, with the compiled route that it creates issues by. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = {LoneRoutes.class, CreateIssuesRoute.class},
        webEnvironment = WebEnvironment.NONE,
        properties = LoneRoutes.FILES + "export.yaml")
class ExportRoutesTest {

    private static final ExportItem FIRST = item(1, 17);
    private static final ExportItem SECOND = item(2, 18);
    private static final ExportChunk CHUNK = new ExportChunk(UUID.randomUUID(), "SEC", "Bug", List.of(FIRST, SECOND));
    private static final List<IssueDraft> DRAFTS = List.of(draft(FIRST), draft(SECOND));
    private static final IssueScreen SCREEN = screen(Map.of());
    private static final ExportFlow.Sending SENDING = new ExportFlow.Sending(DRAFTS, 0);

    @Autowired
    private CamelContext camel;

    @EndpointInject("mock:direct:export-look")
    private MockEndpoint look;

    @EndpointInject("mock:seda:export-chunks")
    private MockEndpoint workers;

    @EndpointInject("mock:direct:export-chunk")
    private MockEndpoint chunks;

    @EndpointInject("mock:direct:jira-send")
    private MockEndpoint jira;

    @EndpointInject("mock:enrich")
    private MockEndpoint faraday;

    @EndpointInject("mock:summary.ftl")
    private MockEndpoint summary;

    @EndpointInject("mock:description.ftl")
    private MockEndpoint description;

    @MockitoBean(name = "exportFlow")
    private ExportFlow flow;

    @MockitoBean(name = "issueRelations")
    private IssueRelations relations;

    @MockitoBean(name = "exportLookup")
    private ExportLookup lookup;

    @MockitoBean(name = "exportFailures")
    private ExportFailures failures;

    @MockitoBean(name = "routeFiles")
    private RouteFiles files;

    @BeforeEach
    void advise() throws Exception {
        if (!camel.getStatus().isStarted()) {
            AdviceWith.adviceWith(camel, "export", route -> {
                route.replaceFromWith("direct:wake");
                route.weaveById("look-for-unanswered").replace().to("mock:direct:export-look");
                route.mockEndpointsAndSkip("seda:.*");
            });
            AdviceWith.adviceWith(camel, "export-chunks", route -> {
                route.replaceFromWith("direct:worker");
                route.weaveById("work-off-chunk").replace().to("mock:direct:export-chunk");
            });
            AdviceWith.adviceWith(camel, "export-chunk", route -> route.mockEndpointsAndSkip("direct:jira-send"));
            AdviceWith.adviceWith(camel, "export-draft", route -> route.weaveById("enrich")
                    .replace()
                    .to("mock:enrich"));
            AdviceWith.adviceWith(camel, "export-render", route -> {
                route.weaveById("render-summary").replace().toV("mock:summary.ftl", null, "summary");
                route.weaveById("render-description").replace().toV("mock:description.ftl", null, "description");
            });
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
        when(files.text("export-vulnerability.sql")).thenReturn("SELECT :?ids");
        when(flow.screen(CHUNK)).thenReturn(SCREEN);
        when(flow.join(any(), any())).thenReturn(List.of(enriched(FIRST), enriched(SECOND)));
        when(flow.draft(any(), any(), any(), any())).thenReturn(DRAFTS.get(0), DRAFTS.get(1));
        when(flow.sending(CHUNK, DRAFTS)).thenReturn(SENDING);
        when(flow.request(SENDING)).thenReturn(REQUEST);
        summary.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("a summary"));
        description.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("a description"));
        jira.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(ANSWER));
    }

    /** Of a project that has these fields configured. */
    private static IssueScreen screen(Map<String, FieldSetting> configured) {
        List<CreateMetaField> fields = Stream.of("summary", "description")
                .map(name -> new CreateMetaField(name, name, true, false, "string", "", name, "", List.of()))
                .toList();
        return new IssueScreen(
                IssueFields.of("SEC", "10004", new TicketConfig("Bug", configured), fields, false, TemplateCheck.NONE),
                false,
                question -> Directory.Found.known(question.text()));
    }

    /** As {@code exportFlow} does it: each call takes the next. */
    private static Stubber claims(@Nullable ExportChunk... chunks) {
        Iterator<@Nullable ExportChunk> next = Arrays.asList(chunks).iterator();
        return doAnswer(claim -> {
            claim.getArgument(0, Exchange.class).setVariable("chunk", next.next());
            return null;
        });
    }

    private void workOff() {
        send(camel, "direct:export-chunk", Map.of("chunk", CHUNK), "");
    }

    @Test
    void what_may_exist_already_is_looked_for_before_anybody_creates() {
        look.whenAnyExchangeReceived(
                exchange -> assertThat(workers.getExchanges()).isEmpty());

        send(camel, "direct:wake", Map.of(), "");

        assertThat(look.getExchanges()).hasSize(1);
        assertThat(workers.getExchanges()).hasSize(1);
    }

    @Test
    void a_worker_goes_on_until_nothing_is_due_and_wakes_another_for_each_chunk() {
        claims(CHUNK, CHUNK, null).when(flow).claim(any());

        send(camel, "direct:worker", Map.of(), "");

        assertThat(chunks.getExchanges()).hasSize(2);
        assertThat(workers.getExchanges()).hasSize(2);
        verifyNoInteractions(failures);
    }

    @Test
    void a_chunk_is_drafted_saved_as_sent_created_in_one_call_and_linked() {
        workOff();

        assertThat(jira.getExchanges()).hasSize(1);
        InOrder order = inOrder(flow);
        order.verify(flow).screen(CHUNK);
        order.verify(flow).sending(CHUNK, DRAFTS);
        order.verify(flow).request(SENDING);
        order.verify(flow).created(CHUNK, SENDING, ANSWER);
        verifyNoInteractions(failures);
    }

    @Test
    void where_nothing_can_be_sent_jira_is_not_called() {
        when(flow.sending(CHUNK, DRAFTS)).thenReturn(new ExportFlow.Sending(List.of(), 0));

        workOff();

        assertThat(jira.getExchanges()).isEmpty();
        verify(flow, never()).created(any(), any(), any());
    }

    @ParameterizedTest
    @EnumSource
    void a_creation_that_failed_is_not_repeated_and_its_kind_decides_what_follows(Kind kind) {
        JiraFailure failure = failure(kind);
        jira.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });

        workOff();

        assertThat(jira.getExchanges()).hasSize(1);
        switch (kind) {
            case UNKNOWN_OUTCOME -> verify(failures).awaitLook(CHUNK, failure);
            case REFUSED, GONE -> verify(failures).refused(CHUNK, failure);
            case TRANSIENT, UNAUTHORISED -> verify(failures).postpone(CHUNK, failure);
        }
        verifyNoMoreInteractions(failures);
        verify(flow, never()).created(any(), any(), any());
    }

    @Test
    void an_answer_that_does_not_account_for_all_issues_has_them_looked_for() {
        JiraFailure failure = failure(Kind.UNKNOWN_OUTCOME);
        doThrow(failure).when(flow).created(CHUNK, SENDING, ANSWER);

        workOff();

        verify(failures).awaitLook(CHUNK, failure);
    }

    @Test
    void a_screen_that_jira_does_not_return_postpones_the_chunk_before_anything_is_sent() {
        JiraFailure failure = failure(Kind.TRANSIENT);
        when(flow.screen(CHUNK)).thenThrow(failure);

        workOff();

        verify(failures).postpone(CHUNK, failure);
        verify(flow, never()).sending(any(), any());
        assertThat(jira.getExchanges()).isEmpty();
    }

    @Test
    void an_enrichment_that_fails_sends_nothing() {
        QueryTimeoutException failure = new QueryTimeoutException("the database is away");
        faraday.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });

        workOff();

        verify(failures).unexpected(CHUNK, failure);
        assertThat(jira.getExchanges()).isEmpty();
    }

    @Test
    void the_sql_file_is_given_the_ids_and_each_item_its_two_texts() {
        List<Map<String, Object>> rows = List.of(Map.of("id", 17), Map.of("id", 18));
        faraday.whenAnyExchangeReceived(exchange -> {
            assertThat(exchange.getMessage().getBody()).isEqualTo("SELECT :?ids");
            assertThat(exchange.getMessage().getHeader("ids")).isEqualTo("17,18");
            exchange.getMessage().setBody(rows);
        });

        Exchange done = send(camel, "direct:export-draft", Map.of("screen", SCREEN), CHUNK);

        assertThat(done.getMessage().getBody()).isEqualTo(DRAFTS);
        verify(flow).join(CHUNK, rows);
        verify(flow).draft(enriched(FIRST), SCREEN, "a summary", "a description");
        verify(flow).draft(enriched(SECOND), SCREEN, "a summary", "a description");
        assertThat(summary.getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader("CamelFreemarkerDataModel"))
                .containsExactly(enriched(FIRST).model(), enriched(SECOND).model());
    }

    @Test
    void the_draft_gets_the_reason_of_a_failed_template_file_in_place_of_its_text() {
        IllegalStateException broken = new IllegalStateException("line 3");
        Unrendered unrendered = new Unrendered("description.ftl", "line 3");
        when(flow.unrendered("description.ftl", broken)).thenReturn(unrendered);
        description.whenAnyExchangeReceived(exchange -> {
            throw broken;
        });

        send(camel, "direct:export-render", Map.of("screen", SCREEN), enriched(FIRST));

        verify(flow).draft(enriched(FIRST), SCREEN, "a summary", unrendered);
    }

    @Test
    void a_template_file_that_the_project_does_not_use_is_not_rendered() {
        IssueScreen own = screen(Map.of("summary", new FieldSetting("string", null, TextNode.valueOf("{{ name }}"))));

        send(camel, "direct:export-render", Map.of("screen", own), enriched(FIRST));

        assertThat(summary.getExchanges()).isEmpty();
        verify(flow).draft(enriched(FIRST), own, null, "a description");
    }

    @Test
    void issues_that_stand_for_others_are_related_to_them_whenever_the_export_is_woken() {
        send(camel, "direct:wake", Map.of(), "");

        verify(relations).relate();
    }

    @Test
    void issues_that_exist_are_linked_and_lost_creations_looked_for_where_there_are_any() {
        send(camel, "direct:export-look", Map.of(), "");
        verify(flow, never()).linkCreated(any());
        verify(lookup, never()).look(any());
        claims(CHUNK).when(flow).claimCreated(any());
        claims(CHUNK).when(flow).claimUnanswered(any());

        send(camel, "direct:export-look", Map.of(), "");

        verify(flow).linkCreated(CHUNK);
        verify(lookup).look(CHUNK);
        verifyNoInteractions(failures);
    }

    @ParameterizedTest
    @EnumSource
    void a_failed_look_is_repeated_whatever_jira_answered(Kind kind) {
        JiraFailure failure = failure(kind);
        claims(CHUNK).when(flow).claimUnanswered(any());
        doThrow(failure).when(lookup).look(CHUNK);

        send(camel, "direct:export-look", Map.of(), "");

        verify(failures).lookFailed(CHUNK, failure);
        verifyNoMoreInteractions(failures);
    }
}
