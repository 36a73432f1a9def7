package io.faradaybridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.ActivityEntry;
import io.faradaybridge.activity.ActivityListeners;
import io.faradaybridge.activity.ActivityRows;
import io.faradaybridge.activity.ActivitySettings;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.lease.Leases;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rows are sent, by whom, and which are kept. */
class EventOutboxTest {

    private static final EventSettings ON =
            new EventSettings(true, "jira-bridge-events", "/faraday-jira-bridge", "subscriber", null);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private JdbcClient jdbc;
    private ActivityRows rows;

    @BeforeEach
    void fresh() {
        jdbc = FaradayDatabase.shared().newBridgeDatabase().rows();
        rows = rows(ON);
    }

    private ActivityRows rows(EventSettings events) {
        return new ActivityRows(jdbc, new ActivitySettings(Duration.ofDays(90)), events);
    }

    private void record(EventSettings events, String detail) {
        new Activity(jdbc, events, new ActivityListeners(new SimpleMeterRegistry()))
                .record(Outcome.APPLIED, "a-test", 17, "SEC-1", detail, null);
    }

    private @Nullable List<String> claim(EventOutbox outbox, Exchange exchange) {
        outbox.claim(exchange);
        List<?> claimed = exchange.getVariable("events", List.class);
        return claimed == null
                ? null
                : claimed.stream().map(row -> ((ActivityEntry) row).detail()).toList();
    }

    private Exchange turn() {
        return new DefaultExchange(camel);
    }

    @Test
    void only_what_happens_after_it_was_switched_on_is_sent() {
        record(TestBroker.NO_EVENTS, "before");
        record(ON, "first");
        record(ON, "second");

        assertThat(claim(new EventOutbox(rows, new Leases(jdbc)), turn())).containsExactly("first", "second");
    }

    @Test
    void one_replica_at_a_time_sends_and_what_it_has_sent_no_other_sends_again() {
        EventOutbox one = new EventOutbox(rows, new Leases(jdbc));
        EventOutbox other = new EventOutbox(rows, new Leases(jdbc));
        record(ON, "first");
        Exchange turn = turn();

        assertThat(claim(one, turn)).containsExactly("first");
        record(ON, "second");
        assertThat(claim(other, turn())).isNull();
        one.sent(turn);
        assertThat(claim(one, turn)).containsExactly("second");
        one.sent(turn);
        assertThat(claim(one, turn)).isNull();
        assertThat(claim(other, turn())).isNull();
    }

    @Test
    void a_claim_whose_replica_died_is_taken_over_with_the_same_ids() {
        record(ON, "first");
        assertThat(claim(new EventOutbox(rows, new Leases(jdbc)), turn())).containsExactly("first");
        jdbc.sql("UPDATE faraday_bridge.lease SET held_until = now() - interval '1 second'")
                .update();

        assertThat(claim(new EventOutbox(rows, new Leases(jdbc)), turn())).containsExactly("first");
    }

    @Test
    void a_process_that_is_stopped_leaves_what_it_has_not_claimed_to_another_one_at_once() {
        EventOutbox stopped = new EventOutbox(rows, new Leases(jdbc));
        EventOutbox other = new EventOutbox(rows, new Leases(jdbc));
        record(ON, "first");
        Exchange turn = turn();
        assertThat(claim(stopped, turn)).containsExactly("first");
        record(ON, "second");

        stopped.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));
        stopped.sent(turn);

        assertThat(claim(stopped, turn)).isNull();
        assertThat(claim(other, turn())).containsExactly("second");
    }

    @Test
    void old_rows_that_were_not_sent_are_kept_while_events_are_on() {
        record(ON, "waits");
        record(TestBroker.NO_EVENTS, "leaves no event");
        jdbc.sql("UPDATE faraday_bridge.activity SET at = now() - interval '91 days'")
                .update();

        rows.purge();
        assertThat(rows.unsent(10)).extracting(ActivityEntry::detail).containsExactly("waits");
        assertThat(jdbc.sql("SELECT count(*) FROM faraday_bridge.activity")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        rows(TestBroker.NO_EVENTS).purge();
        assertThat(rows.unsent(10)).isEmpty();
    }
}
