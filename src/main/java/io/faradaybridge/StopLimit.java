package io.faradaybridge;

import java.time.Duration;

/**
 * Ends the process by force if it has not stopped in time. Nothing is lost, because the database and the journal hold
 * all that matters. A process that never ends would keep its successor waiting for ports, lease and volume.
 */
final class StopLimit {

    /** For what follows on the last call of Jira: queues, database, broker. */
    private static final Duration AFTER_CALLS = Duration.ofSeconds(25);

    private final Duration limit;
    private final Runnable force;

    StopLimit(Duration limit, Runnable force) {
        this.limit = limit;
        this.force = force;
    }

    /** From now on the limit applies to every shutdown of this process. */
    static void install(StopSettings settings) {
        Duration limit = settings.delay().plusSeconds(settings.seconds()).plus(AFTER_CALLS);
        StopLimit stop = new StopLimit(limit, () -> Runtime.getRuntime().halt(1));
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(stop::begin, "stop-limit"));
        } catch (IllegalStateException stopping) {
            stop.begin();
        }
    }

    /** Returns at once: a process waits for its shutdown hooks. */
    @SuppressWarnings("SystemOut") // the log may be the very thing that has stopped
    void begin() {
        Thread waiting = new Thread(
                () -> {
                    try {
                        Thread.sleep(limit.toMillis());
                    } catch (InterruptedException e) {
                        return;
                    }
                    System.err.println("The bridge had not stopped after " + limit.toSeconds()
                            + " s and is ended by force; no work is lost.");
                    force.run();
                },
                "stop-limit-wait");
        waiting.setDaemon(true);
        waiting.start();
    }
}
