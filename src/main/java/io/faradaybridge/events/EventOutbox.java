package io.faradaybridge.events;

import io.faradaybridge.activity.ActivityEntry;
import io.faradaybridge.activity.ActivityRows;
import io.faradaybridge.lease.Leases;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Which rows of the activity leave next. One replica at a time sends, in the order of the ids; a row is marked as sent
 * after the broker has taken it, so what a crash interrupts is sent again.
 */
@Component("eventOutbox")
public class EventOutbox implements ApplicationListener<ContextClosedEvent> {

    static final String VARIABLE = "events";

    private static final Logger log = LoggerFactory.getLogger(EventOutbox.class);
    private static final String WORK = "events";
    /** Longer than a broker without an answer holds up one message, and {@link #RENEWED}. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration RENEWED = Duration.ofSeconds(5);

    private static final int AT_ONCE = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ActivityRows rows;
    private final Leases leases;
    /** Of a single route: null while the broker takes what is sent. */
    private volatile @Nullable Pause pause;

    private volatile long leasedAt;
    private volatile boolean stopping;

    private record Pause(Duration length, long since) {

        boolean over() {
            return System.nanoTime() - since >= length.toNanos();
        }
    }

    EventOutbox(ActivityRows rows, Leases leases) {
        this.rows = rows;
        this.leases = leases;
    }

    /** Sets the variable {@code events}: the rows to send now, the oldest first; null if there is nothing to do. */
    public void claim(Exchange exchange) {
        exchange.setVariable(VARIABLE, due());
    }

    private @Nullable List<ActivityEntry> due() {
        if (stopping) {
            leases.release(WORK);
            return null;
        }
        Pause waiting = pause;
        if ((waiting != null && !waiting.over()) || rows.unsent(1).isEmpty() || !take()) {
            return null;
        }
        // read under the lease: the replica that had it has marked what it sent
        List<ActivityEntry> due = rows.unsent(AT_ONCE);
        if (due.isEmpty()) {
            leases.release(WORK);
            return null;
        }
        return due;
    }

    private boolean take() {
        leasedAt = System.nanoTime();
        return leases.take(WORK, LEASE);
    }

    /**
     * Before each event: where the broker is slow, the lease lasts longer, so that no other replica begins.
     *
     * @throws IllegalStateException the lease has ended, and another replica sends
     */
    public void hold() {
        if (System.nanoTime() - leasedAt > RENEWED.toNanos() && !take()) {
            throw new IllegalStateException("another replica sends the events now");
        }
    }

    /** A process that is stopped sends what it has claimed, and leaves the rest to another one. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        stopping = true;
    }

    /** All events of the claim have left. */
    public void sent(Exchange exchange) {
        rows.sent(claimed(exchange));
        if (pause != null) {
            pause = null;
            log.info("Events are sent again");
        }
    }

    /** The claim stays unsent, and this replica pauses, a longer time at each failure. */
    public void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Pause before = pause;
        if (before == null) {
            log.warn("Events are not sent and wait in the database, the next try follows by itself: {}", reason(cause));
            pause = new Pause(FIRST_PAUSE, System.nanoTime());
        } else {
            Duration longer = before.length().multipliedBy(2);
            pause = new Pause(longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE, System.nanoTime());
        }
        log.debug("Events are not sent", cause);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "no cause was given";
        }
        Throwable deepest = NestedExceptionUtils.getMostSpecificCause(cause);
        return deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    }

    @SuppressWarnings("unchecked")
    private static List<ActivityEntry> claimed(Exchange exchange) {
        List<ActivityEntry> claimed = exchange.getVariable(VARIABLE, List.class);
        if (claimed == null) {
            throw new IllegalStateException("The variable " + VARIABLE + " is gone: eventOutbox.claim sets it.");
        }
        return claimed;
    }
}
