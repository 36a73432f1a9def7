package io.faradaybridge.launch;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the machine when there is nothing to do. Java's own defaults take a quarter of the machine for the
 * heap, and keep what one hour of much work once needed. After the start, and after work, the heap is collected once and
 * shrinks to what is alive.
 */
public final class MemoryReturn {

    private static final Logger log = LoggerFactory.getLogger(MemoryReturn.class);
    private static final long LOOK_SECONDS = 15;
    private static final double IDLE = 0.1;
    private static final long WORTH_IT = 32L * 1024 * 1024;
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    /** Netty takes the buffers of a few small messages in chunks of 8 KiB shifted by this: of 4 MiB by its default of 9. */
    private static final String NETTY_CHUNK = "io.netty.allocator.maxOrder";

    private long cpuNanos;
    private long atNanos;
    private long leftBytes;

    MemoryReturn(long cpuNanos, long atNanos) {
        this.cpuNanos = cpuNanos;
        this.atNanos = atNanos;
    }

    /** In a thread of its own, which ends with the process. Called before anything else is loaded. */
    public static void install() {
        if (System.getProperty(NETTY_CHUNK) == null) {
            System.setProperty(NETTY_CHUNK, "5");
        }
        prefer(LEAST_FREE, "10");
        prefer(MOST_FREE, "25");
        Thread thread = new Thread(MemoryReturn::watch, "memory-return");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch() {
        MemoryReturn memory = new MemoryReturn(processNanos(), System.nanoTime());
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                if (memory.isDue(processNanos(), System.nanoTime(), committedBytes())) {
                    shrink();
                    trim();
                    memory.returned(committedBytes());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process was idle since the last look, and its heap has grown since it was returned last. */
    boolean isDue(long cpuNow, long now, long committedBytes) {
        boolean idle = cpuNow - cpuNanos < IDLE * (now - atNanos);
        cpuNanos = cpuNow;
        atNanos = now;
        return idle && committedBytes - leftBytes > WORTH_IT;
    }

    void returned(long committedBytes) {
        leftBytes = committedBytes;
    }

    /** The serial collector shrinks the heap only with the third and fourth collection. */
    private static void shrink() {
        for (int collections = 0; collections < 4; collections++) {
            System.gc();
            if (committedBytes() < 2 * heap().getUsed()) {
                return;
            }
        }
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long committedBytes() {
        return heap().getCommitted();
    }

    private static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    /** Unless the operator has said something else. */
    private static void prefer(String option, String value) {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            if (machine.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
                machine.setVMOption(option, value);
            }
        } catch (IllegalArgumentException unknown) {
            log.debug("This Java has no {}: {}", option, unknown.getMessage());
        }
    }

    /** What the compiler and the class loaders have freed is otherwise kept by the C library. */
    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException | RuntimeException unknown) {
            log.debug("This Java cannot trim the memory of the C library: {}", unknown.getMessage());
        }
    }
}
