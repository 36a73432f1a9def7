package io.faradaybridge.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param flows what is wrong with routes, by their ids; empty if nothing is
 * @param sweeps when the last complete sweep of each project began; projects without one are left out
 * @param blocked blocked links by the code of their reason
 */
record HealthReport(
        Database database,
        Broker broker,
        Map<String, String> flows,
        List<RouteFile> files,
        Map<String, Instant> sweeps,
        Map<String, Long> blocked) {

    /**
     * A file with routes, SQL or a template that runs.
     *
     * @param source {@code shipped}, {@code replaced} or {@code added}
     * @param leftBehind whether an upgrade has changed the shipped file since the replacing one was first used; null if it
     *     replaces none, or that is not known yet
     */
    record RouteFile(String name, String source, @Nullable Boolean leftBehind) {}

    /**
     * @param latencyMs how long an answer took; null if there was none
     * @param problem why it cannot be used; null if it can
     */
    record Database(
            boolean reachable,
            @Nullable Long latencyMs,
            @Nullable String version,
            @Nullable Pool pool,
            @Nullable String problem) {}

    /**
     * The connections of this replica.
     *
     * @param waiting pieces of work that wait for a connection
     */
    record Pool(int active, int idle, int waiting, int most) {}

    /**
     * @param version null if the broker is an external one, which does not tell it
     * @param queues empty if it cannot be reached
     * @param queues those of the bridge; with events, also the subscriptions of their topic
     * @param problems what may lose messages, and what to do
     * @param pausedBecause why the bridge takes no messages now; they wait on the broker
     */
    record Broker(
            boolean embedded,
            boolean reachable,
            @Nullable Long latencyMs,
            @Nullable String version,
            List<Queue> queues,
            List<String> problems,
            List<String> pausedBecause) {}

    /** @param consumers of all replicas */
    record Queue(String name, boolean exists, long messages, int consumers) {}
}
