package io.faradaybridge.chaos;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.faradaybridge.sandbox.BridgeWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a bridge costs while nothing happens, in hundredths of a core.
 *
 * @param bridge all of its threads, and a Jira that nobody asks much
 * @param detector its thread that compares Faraday's statuses, which is part of {@code bridge}
 * @param compiler what the JVM still compiles of that which was busy before: it ends, and is not the bridge's
 */
record AtRest(double bridge, double detector, double compiler, double database) {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.rest-seconds", 60));

    static AtRest of(BridgeWorld world) {
        long bridge = processNanos();
        long detector = detectorNanos();
        long compiler = compilerMillis();
        double database = databaseSeconds(world);
        long started = System.nanoTime();
        await().pollDelay(TIME).atMost(TIME.plusMinutes(1)).until(() -> true);
        double seconds = (System.nanoTime() - started) / 1e9;
        double compiled = (compilerMillis() - compiler) / 10.0 / seconds;
        return new AtRest(
                (processNanos() - bridge) / 1e7 / seconds - compiled,
                (detectorNanos() - detector) / 1e7 / seconds,
                compiled,
                (databaseSeconds(world) - database) * 100 / seconds);
    }

    /** Without the compiler. */
    double sum() {
        return bridge + database;
    }

    /** With all that the database does for the bridge, most of which is the comparison. */
    double comparison() {
        return detector + database;
    }

    private static long compilerMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private static long detectorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().endsWith("timer://detector"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Of the processor, by those processes of PostgreSQL that work for the bridge. */
    private static double databaseSeconds(BridgeWorld world) {
        List<Integer> processes = world.rows()
                .sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'faraday-jira-bridge'")
                .query(Integer.class)
                .list();
        double ticks = 0;
        for (int process : processes) {
            try {
                String text = Files.readString(Path.of("/proc/" + process + "/stat"));
                String[] after = text.substring(text.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(after[11]) + Long.parseLong(after[12]);
            } catch (IOException e) {
                throw new UncheckedIOException("the processor's time of PostgreSQL's processes is read from /proc", e);
            }
        }
        return ticks / 100;
    }
}
