package io.faradaybridge.export;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Follows batches for progress bars; reads the rows, so that any replica can show any batch. */
@Component
class ExportEvents {

    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);

    private final ScheduledExecutorService watching = new ScheduledThreadPoolExecutor(1, runnable -> {
        Thread thread = new Thread(runnable, "export-events");
        thread.setDaemon(true);
        return thread;
    });

    /** @param look reads the batch; empty: there is none that the reader may see */
    SseEmitter follow(long batchId, Supplier<Optional<ExportProgress.Batch>> look) {
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        AtomicReference<Map<String, Integer>> shown = new AtomicReference<>(Map.of());
        ScheduledFuture<?> watch = watching.scheduleWithFixedDelay(
                () -> show(batchId, look, emitter, shown), 0, 500, TimeUnit.MILLISECONDS);
        emitter.onCompletion(() -> watch.cancel(false));
        emitter.onTimeout(emitter::complete);
        emitter.onError(error -> watch.cancel(false));
        return emitter;
    }

    private static void show(
            long batchId,
            Supplier<Optional<ExportProgress.Batch>> look,
            SseEmitter emitter,
            AtomicReference<Map<String, Integer>> shown) {
        try {
            Optional<ExportProgress.Batch> batch = look.get();
            if (batch.isEmpty()) {
                emitter.send(SseEmitter.event().name("missing").data("there is no export " + batchId));
                emitter.complete();
                return;
            }
            if (!batch.get().counts().equals(shown.getAndSet(batch.get().counts()))) {
                emitter.send(SseEmitter.event().name("progress").data(batch.get()));
            }
            if (batch.get().finished()) {
                emitter.complete();
            }
        } catch (IOException | RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    @PreDestroy
    void stop() {
        watching.shutdownNow();
    }
}
