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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the progress of batches to clients. It reads the rows, so that every replica can show every batch. Each client
 * is written to by its own thread, so that a slow client does not delay others.
 */
@Component
class ExportEvents {

    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final int MOST_READERS = 100;

    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final ScheduledExecutorService watching =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("export-events", true));
    private final ExecutorService writing =
            Executors.newCachedThreadPool(new DefaultThreadFactory("export-events-write", true));

    /**
     * @param counts the counts of the batch, to notice changes
     * @param look reads the batch for each event; empty if it does not exist or the reader may not see it (any more)
     * @throws ResponseStatusException if too many clients are connected
     */
    SseEmitter follow(
            long batchId, Supplier<Map<String, Integer>> counts, Supplier<Optional<ExportProgress.Batch>> look) {
        if (!readers.tryAcquire()) {
            throw ErrorAnswers.unavailable(
                    "too many clients follow exports now; call GET exports/" + batchId + " from time to time instead");
        }
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        Reader reader = new Reader(batchId, counts, look, emitter);
        ScheduledFuture<?> watch =
                watching.scheduleWithFixedDelay(() -> reader.send(writing), 0, 500, TimeUnit.MILLISECONDS);
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

        /** Does not wait: while a client still reads the last event, it gets the newest state later. */
        void send(ExecutorService writing) {
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
                    emitter.send(SseEmitter.event().name("finished").data(batchId));
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
