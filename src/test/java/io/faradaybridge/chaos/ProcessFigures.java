package io.faradaybridge.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has cost until now, as Linux counts it. */
final class ProcessFigures {

    private static final double TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** Seconds of the processor, of all its threads. */
    static double cpuSeconds(long pid) {
        String text = read(pid, "stat");
        String[] after = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(after[11]) + Long.parseLong(after[12])) / TICKS_PER_SECOND;
    }

    /** Megabytes that are resident now. */
    static double residentMegabytes(long pid) {
        return kilobytes(pid, "VmRSS:") / 1024;
    }

    /** Megabytes that were resident at most. */
    static double mostResidentMegabytes(long pid) {
        return kilobytes(pid, "VmHWM:") / 1024;
    }

    private static double kilobytes(long pid, String field) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException("the figures of a process are read from /proc, which Linux has", e);
        }
    }
}
