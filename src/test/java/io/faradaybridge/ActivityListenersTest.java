package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.ActivityEntry;
import io.faradaybridge.activity.ActivityListeners;
import io.faradaybridge.activity.ActivityQuery;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Routes of an operator's own listen to what happens, and harm nobody by it. */
class ActivityListenersTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ActivityListeners listeners = new ActivityListeners(metrics);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Exchange> heard = new CopyOnWriteArrayList<>();
    private FaradayDatabase.Instance database;
    private Activity activity;
    private TransactionTemplate transaction;

    @BeforeEach
    void start() {
        database = FaradayDatabase.shared().newBridgeDatabase();
        activity = new Activity(database.rows(), TestBroker.NO_EVENTS, listeners);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        camel.addComponent("seda", new WatchedSeda(listeners));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void listen(String id, String uri, Processor step) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(step);
            }
        });
    }

    private void record(String detail) {
        activity.record(Outcome.CONFLICT, "c-1", 17, "WEB-1-2", detail, SampleFaraday.ADMIN);
    }

    private List<String> details() {
        return heard.stream()
                .map(exchange ->
                        exchange.getMessage().getBody(ActivityEntry.class).detail())
                .toList();
    }

    @Test
    void a_listener_is_given_the_row_as_it_was_written() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();

        record("both had changed");

        await().until(() -> heard.size() == 1);
        Exchange exchange = heard.get(0);
        ActivityEntry entry = exchange.getMessage().getBody(ActivityEntry.class);
        assertThat(entry).isEqualTo(activity.find(ActivityQuery.newest(1)).get(0));
        assertThat(entry.at())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(exchange.getPattern()).isEqualTo(ExchangePattern.InOnly);
        assertThat(exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID)).isEqualTo("c-1");
        assertThat(exchange.getFromRouteId()).isEqualTo("mine");
    }

    @Test
    void the_row_is_read_by_name_in_camels_simple_language() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();

        record("both had changed");

        await().until(() -> heard.size() == 1);
        for (String holds : List.of(
                "${body.outcome} == 'CONFLICT'",
                "${body.outcome} in 'BLOCKED,CONFLICT'",
                "${body.vulnerabilityId} == 17",
                "${body.issueKey} == 'WEB-1-2'",
                "${body.project} == 'WEB-1'",
                "${body.detail} == 'both had changed'",
                "${body.correlationId} == 'c-1'",
                "${body.userId} == " + SampleFaraday.ADMIN,
                "${body.id} > 0",
                "${body.at} != null",
                "${body.text} == 'CONFLICT: vulnerability 17, issue WEB-1-2: both had changed'")) {
            assertThat(camel.resolveLanguage("simple").createPredicate(holds).matches(heard.get(0)))
                    .as(holds)
                    .isTrue();
        }
        assertThat(camel.resolveLanguage("simple")
                        .createPredicate("${body.outcome} in 'BLOCKED,APPLIED'")
                        .matches(heard.get(0)))
                .isFalse();
    }

    @Test
    void a_row_is_handed_over_after_its_commit_and_one_that_is_rolled_back_never() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();

        transaction.executeWithoutResult(status -> {
            record("committed later");
            Thread other = new Thread(() -> record("outside"));
            other.start();
            await().until(() -> !heard.isEmpty());
            assertThat(details()).containsExactly("outside");
        });
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    record("never");
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        record("last");

        await().untilAsserted(() -> assertThat(details()).endsWith("last"));
        assertThat(details()).containsExactly("outside", "committed later", "last");
    }

    @Test
    void hourly_rows_and_rows_for_many_at_once_are_handed_over_too() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();

        activity.recordHourly(Outcome.REFUSED, "c", "webhooks are refused: ", "no token");
        activity.recordHourly(Outcome.REFUSED, "c", "webhooks are refused: ", "no token");
        activity.recordAll(
                Outcome.REPLAYED,
                List.of(new Activity.Subject("c-1", 17, "SEC-1"), new Activity.Subject("c-2", 18, null)),
                "follow Jira",
                null);

        await().until(() -> heard.size() == 3);
        assertThat(heard)
                .extracting(exchange ->
                        exchange.getMessage().getBody(ActivityEntry.class).text())
                .containsExactly(
                        "REFUSED: webhooks are refused: no token",
                        "REPLAYED: vulnerability 17, issue SEC-1: follow Jira",
                        "REPLAYED: vulnerability 18: follow Jira");
    }

    @Test
    void a_repetition_that_is_left_out_is_not_handed_over() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();

        for (int attempt = 0; attempt < 5; attempt++) {
            activity.record(Outcome.POSTPONED, "c", 17, "SEC-1", "Jira does not answer", null);
        }
        record("last");

        await().until(() -> details().contains("last"));
        assertThat(details()).containsExactly("Jira does not answer", "last");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_blocked_listener_holds_up_neither_who_records_nor_who_listens_beside_it(CapturedOutput log)
            throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        listen("blocked", "seda:activity?size=5", exchange -> {
            blocked.countDown();
            release.await();
        });
        listen("well", "seda:activity", heard::add);
        camel.start();
        record("0");
        blocked.await();

        for (int n = 1; n < 20; n++) {
            record(String.valueOf(n));
        }

        await().until(() -> heard.size() == 20);
        assertThat(metrics.get("bridge.activity.discarded")
                        .tag("listener", "blocked")
                        .counter()
                        .count())
                .isEqualTo(14);
        assertThat(metrics.get("bridge.activity.discarded")
                        .tag("listener", "well")
                        .counter()
                        .count())
                .isZero();
        assertThat(log.getOut().split("Listener blocked is too slow", -1)).hasSize(2);
        release.countDown();
        await().until(() -> log.getOut().contains("Listener blocked gets new events again"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_failure_is_logged_with_its_route_and_costs_this_listener_this_event(CapturedOutput log) throws Exception {
        listen("failing", "seda:activity", exchange -> {
            switch (exchange.getMessage().getBody(ActivityEntry.class).detail()) {
                case "first" -> throw new IOException("https://chat.example/hooks/secret");
                case "second" -> throw new LinkageError("as memory may be short");
                default -> heard.add(exchange);
            }
        });
        camel.start();

        transaction.executeWithoutResult(status -> {
            record("first");
            record("second");
            record("third");
        });

        await().until(() -> details().equals(List.of("third")));
        assertThat(log.getOut().lines().filter(line -> line.contains("Listener failing failed on event")))
                .hasSize(2)
                .allMatch(line -> line.contains("(CONFLICT)") && !line.contains("secret"));
    }

    @Test
    void a_listener_that_is_stopped_hears_nothing_and_one_started_again_hears_on() throws Exception {
        listen("mine", "seda:activity", heard::add);
        camel.start();
        camel.getRouteController().stopRoute("mine");
        record("unheard");
        camel.getRouteController().startRoute("mine");

        record("heard");

        await().until(() -> !heard.isEmpty());
        assertThat(details()).containsExactly("heard");
    }

    @Test
    void a_listener_that_hangs_does_not_keep_the_bridge_from_stopping() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        listen("hanging", "seda:activity", exchange -> {
            hangs.countDown();
            new CountDownLatch(1).await();
        });
        camel.start();
        record("first");
        hangs.await();
        long before = System.nanoTime();

        camel.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void nothing_but_the_bridge_publishes() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine").routeId("mine").to("seda:activity");
            }
        });

        assertThat(catchThrowable(camel::start)).rootCause().hasMessageContaining("can only be used in from:");
    }
}
