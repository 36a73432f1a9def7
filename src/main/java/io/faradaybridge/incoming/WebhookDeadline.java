package io.faradaybridge.incoming;

import io.faradaybridge.tables.TimedWork;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs the work for a webhook with a time limit. Jira's rule does not wait long for an answer, and the sweep finds a
 * change that is refused here. What is late is ended at the database too, so that no statement goes on waiting there for a
 * lock and keeps its connection when nobody waits for its answer.
 */
@Component
class WebhookDeadline {

    private static final Logger log = LoggerFactory.getLogger(WebhookDeadline.class);
    private static final long SECONDS = 5;
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(SECONDS - 1);
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(SECONDS);
    private static final long LOOK_MILLIS = 250;

    private final Set<TimedWork> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("webhook-deadline", true));
    /** Asking PostgreSQL to cancel takes a connection of its own, which a database that is gone does not answer. */
    private final ExecutorService ending =
            Executors.newCachedThreadPool(new DefaultThreadFactory("webhook-ending", true));

    WebhookDeadline() {
        var unused = clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * @throws TokenRefused if the work throws it
     * @throws IllegalStateException the database failed, or did not answer in time
     */
    <T> T of(Callable<T> work) {
        try (TimedWork timed = TimedWork.begin()) {
            running.add(timed);
            try {
                return work.call();
            } catch (TokenRefused refused) {
                throw refused;
            } catch (Exception e) {
                throw new IllegalStateException(
                        timed.late()
                                ? "the database did not answer within " + SECONDS + " s"
                                : "the query of the database failed",
                        e);
            } finally {
                running.remove(timed);
            }
        }
    }

    private void look() {
        for (TimedWork work : running) {
            long nanos = work.nanos();
            if (nanos >= CUT_NANOS) {
                end(work::cut);
            } else if (nanos >= CANCEL_NANOS && !work.late()) {
                end(work::cancel);
            }
        }
    }

    private interface Ending {
        void now() throws SQLException;
    }

    private void end(Ending ending) {
        this.ending.execute(() -> {
            try {
                ending.now();
            } catch (SQLException e) {
                log.debug("The statement of a webhook could not be ended: {}", e.getMessage());
            }
        });
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        ending.shutdownNow();
    }
}
