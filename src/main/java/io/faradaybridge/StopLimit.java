package io.faradaybridge;

import java.time.Duration;

/**
 * Ends the process by force when it has not stopped in time. Everything that matters stands in the database and in the
 * journal, which both bear a kill; a process that never ends keeps its successor waiting for ports, lease and volume.
 */
final class StopLimit {

    /** Kubernetes kills after 60 s, as the deployment says. */
    private static final Duration LIMIT = Duration.ofSeconds(55);

    private final Duration limit;
    private final Runnable force;

    StopLimit(Duration limit, Runnable force) {
        this.limit = limit;
        this.force = force;
    }

    /** From now on, whenever this process is told to end. */
    static void install() {
        StopLimit stop = new StopLimit(LIMIT, () -> Runtime.getRuntime().halt(1));
        Runtime.getRuntime().addShutdownHook(new Thread(stop::begin, "stop-limit"));
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
                            + " s and is ended by force; nothing is lost by it.");
                    force.run();
                },
                "stop-limit-wait");
        waiting.setDaemon(true);
        waiting.start();
    }
}
