package io.faradaybridge.chaos;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.faradaybridge.sandbox.BridgeWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a bridge costs while nothing happens, in hundredths of a core.
 *
 * @param compiler what the JVM still compiles of that which was busy before: it ends, and is not the bridge's
 */
record AtRest(double bridge, double compiler, double database) {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.rest-seconds", 60));

    /** This process is the bridge and a Jira that nobody asks much. */
    static AtRest of(BridgeWorld world) {
        long bridge = processNanos();
        long compiler = compilerMillis();
        double database = databaseSeconds(world);
        long started = System.nanoTime();
        await().pollDelay(TIME).atMost(TIME.plusMinutes(1)).until(() -> true);
        double seconds = (System.nanoTime() - started) / 1e9;
        double compiled = (compilerMillis() - compiler) / 10.0 / seconds;
        return new AtRest(
                (processNanos() - bridge) / 1e7 / seconds - compiled,
                compiled,
                (databaseSeconds(world) - database) * 100 / seconds);
    }

    /** Without the compiler. */
    double sum() {
        return bridge + database;
    }

    private static long compilerMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
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
