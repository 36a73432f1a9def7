package io.faradaybridge.incoming;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Runs the work for a webhook with a time limit. Jira's rule does not wait long for an answer, and the sweep finds a
 * change that is refused here.
 */
@Component
class WebhookDeadline {

    private static final long SECONDS = 5;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DefaultThreadFactory("webhook-store", true));

    /**
     * @throws TokenRefused if the work throws it
     * @throws IllegalStateException the database failed, or did not answer in time
     */
    <T> T of(Callable<T> work) {
        Future<T> result = threads.submit(work);
        try {
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new IllegalStateException("the database did not answer within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process is stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenRefused refused) {
                throw refused;
            }
            throw new IllegalStateException("the query of the database failed", e.getCause());
        }
    }
}
