package io.faradaybridge.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the jar with Maven from sources in another folder. */
final class SourceBuild {

    private SourceBuild() {}

    /**
     * @param folder with the sources
     * @param environment more variables for Maven
     */
    static Path jar(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        run(
                folder,
                environment,
                List.of("mvn", "-B", "-ntp", "-q", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "package"));
        return folder.resolve(BridgeProcess.JAR);
    }

    /** @return what it printed */
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        return run(folder, Map.of(), List.of(command));
    }

    private static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("build", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            int exit = builder.start().waitFor();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
