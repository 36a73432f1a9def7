package io.faradaybridge.export;

import io.faradaybridge.web.ErrorAnswers;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Follows batches for progress bars; reads the rows, so that any replica can show any batch. Each reader is written to by a
 * thread of its own while there is something to tell, so that one who does not read delays nobody else.
 */
@Component
class ExportEvents {

    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final int MOST_READERS = 100;

    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final ScheduledExecutorService watching = new ScheduledThreadPoolExecutor(1, daemon("export-events"));
    private final ExecutorService writing = Executors.newCachedThreadPool(daemon("export-events-write"));

    private static ThreadFactory daemon(String name) {
        return runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * @param counts of the batch, for whether it moved
     * @param look reads the batch for the reader, asked at each event; empty: there is none that the reader may see (any more)
     * @throws ResponseStatusException too many are followed
     */
    SseEmitter follow(
            long batchId, Supplier<Map<String, Integer>> counts, Supplier<Optional<ExportProgress.Batch>> look) {
        if (!readers.tryAcquire()) {
            throw ErrorAnswers.unavailable(
                    "too many exports are followed now; ask GET exports/" + batchId + " from time to time");
        }
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        Reader reader = new Reader(batchId, counts, look, emitter);
        ScheduledFuture<?> watch =
                watching.scheduleWithFixedDelay(() -> reader.tell(writing), 0, 500, TimeUnit.MILLISECONDS);
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onCompletion(() -> {
            watch.cancel(false);
            if (gone.compareAndSet(false, true)) {
                readers.release();
            }
        });
        emitter.onTimeout(emitter::complete);
        emitter.onError(error -> watch.cancel(false));
        return emitter;
    }

    private static final class Reader {

        private final long batchId;
        private final Supplier<Map<String, Integer>> counts;
        private final Supplier<Optional<ExportProgress.Batch>> look;
        private final SseEmitter emitter;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile Map<String, Integer> shown = Map.of("nothing yet", 0);

        Reader(
                long batchId,
                Supplier<Map<String, Integer>> counts,
                Supplier<Optional<ExportProgress.Batch>> look,
                SseEmitter emitter) {
            this.batchId = batchId;
            this.counts = counts;
            this.look = look;
            this.emitter = emitter;
        }

        /** Does not wait: who still reads what was told before is told the newest later. */
        void tell(ExecutorService writing) {
            if (busy.compareAndSet(false, true)) {
                writing.execute(() -> {
                    try {
                        show();
                    } finally {
                        busy.set(false);
                    }
                });
            }
        }

        private void show() {
            try {
                if (counts.get().equals(shown)) {
                    return;
                }
                Optional<ExportProgress.Batch> batch = look.get();
                if (batch.isEmpty()) {
                    emitter.send(SseEmitter.event().name("missing").data("there is no export " + batchId));
                    emitter.complete();
                    return;
                }
                shown = batch.get().counts();
                emitter.send(SseEmitter.event().name("progress").data(batch.get()));
                if (batch.get().finished()) {
                    emitter.complete();
                }
            } catch (IOException | RuntimeException e) {
                emitter.completeWithError(e);
            }
        }
    }

    @PreDestroy
    void stop() {
        watching.shutdownNow();
        writing.shutdownNow();
    }
}
