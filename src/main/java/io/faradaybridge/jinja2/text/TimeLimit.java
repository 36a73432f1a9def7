package io.faradaybridge.jinja2.text;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The processor's time that a rendering may take, so that a busy machine does not end a harmless one; and, far behind,
 * a time by the clock. Reading the thread's time costs a microsecond, so it is read only when it can be used up: it
 * never runs faster than the clock.
 */
final class TimeLimit {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How much longer by the clock than by the processor's time. */
    private static final int PATIENCE = 10;

    private static final long UNKNOWN = -1;

    private final Duration limit;
    private final long begun = System.nanoTime();
    private final long processorBegun = processorTime();
    private long nextReading;

    TimeLimit(Duration limit) {
        this.limit = limit;
        nextReading = begun + limit.toNanos();
    }

    public void check() {
        long now = System.nanoTime();
        if (now - nextReading > 0) {
            check(now);
        }
    }

    private void check(long now) {
        long passed = now - begun;
        long used = processorBegun == UNKNOWN ? passed : processorTime() - processorBegun;
        long left = limit.toNanos() - used;
        if (left < 0) {
            throw Failure.limit("the template computes longer than " + limit.toMillis()
                    + " ms; it loops too often over too much, so shorten its lists or loops");
        }
        if (passed / PATIENCE > limit.toNanos()) {
            throw Failure.limit("the template did not end within "
                    + limit.multipliedBy(PATIENCE).toMillis()
                    + " ms, since the machine is busy; try again later, or shorten the template's lists or loops");
        }
        nextReading = now + Math.max(left, limit.toNanos() / 100);
    }

    /** Of this thread; a virtual one has none of its own, so that the clock alone counts. */
    private static long processorTime() {
        try {
            return THREADS.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }
}
