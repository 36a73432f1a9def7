package io.faradaybridge.incoming;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** A webhook is answered in time or not at all: Jira's rule does not wait, and the sweep finds what is refused here. */
@Component
class InTime {

    private static final long SECONDS = 5;

    private final ExecutorService asking = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "webhook-store");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @throws TokenRefused as the work says so
     * @throws IllegalStateException the database failed, or did not answer in time
     */
    <T> T of(Callable<T> work) {
        Future<T> asked = asking.submit(work);
        try {
            return asked.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IllegalStateException("the database did not answer within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process is stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenRefused refused) {
                throw refused;
            }
            throw new IllegalStateException("the database could not be asked", e.getCause());
        }
    }
}
