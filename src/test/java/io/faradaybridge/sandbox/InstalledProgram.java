package io.faradaybridge.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test uses, if it is there. */
public final class InstalledProgram {

    private InstalledProgram() {}

    /** What a program prints. A test is skipped, with the program's name, where it is not installed. */
    public static String run(String... command) throws IOException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(
                        String.join(" ", command) + ": " + Files.readString(out) + Files.readString(err));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (IOException missing) {
            assumeTrue(
                    !String.valueOf(missing.getMessage()).contains("Cannot run program"),
                    command[0] + " is not installed");
            throw missing;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
