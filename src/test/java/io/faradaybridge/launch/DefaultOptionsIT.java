package io.faradaybridge.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar started by {@code java -jar} and nothing else, without a database, for which it waits. */
class DefaultOptionsIT {

    private static final String JAR = "target/faraday-jira-bridge.jar";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Of which one byte is no character, one is empty, and one has a space. */
    private static final String ARGUMENTS = "$'--note=\\xff' '' '--other=a b'";

    @TempDir
    private Path folder;

    /** The shell gives its process number to Java. */
    private Process start(String toolOptions) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec \"$0\" -jar \"$@\" " + ARGUMENTS,
                        JAVA,
                        JAR,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--bridge.broker.port.core=-1",
                        "--bridge.broker.port.amqp=0",
                        "--bridge.broker.port.stomp=0")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        command.environment().put("BRIDGE_DATABASE_URL", "jdbc:postgresql://localhost:1/none");
        command.environment().put("BRIDGE_DATA_DIR", folder.toString());
        command.environment().keySet().removeAll(DefaultOptions.VARIABLES);
        if (!toolOptions.isEmpty()) {
            command.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        }
        return command.start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void awaitLine(String line) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(Files.readString(log())).contains(line));
    }

    private static List<String> commandLine(Process process) throws IOException {
        return DefaultOptions.commandLine(Path.of("/proc/" + process.pid() + "/cmdline"));
    }

    @Test
    void the_process_gets_the_options_and_stays_the_same_process() throws Exception {
        Process process = start("");
        try {
            awaitLine("Tomcat initialized");

            List<String> command = commandLine(process);
            assertThat(command.subList(0, DefaultOptions.OPTIONS.size() + 3))
                    .startsWith(JAVA)
                    .containsSubsequence(DefaultOptions.OPTIONS)
                    .endsWith("-jar", JAR);
            assertThat(command).endsWith("--note=\u00ff", "", "--other=a b");

            process.destroy(); // it ends when it has started
            assertThat(process.waitFor()).isEqualTo(128 + 15);
            assertThat(Files.readAllLines(log())).hasSizeLessThan(25).noneMatch(line -> line.startsWith("\tat "));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void it_leaves_the_options_to_whoever_gives_one() throws Exception {
        Process process = start("-Xmx300m");
        try {
            awaitLine("Starting BridgeApplication");

            assertThat(commandLine(process)).startsWith(JAVA, "-jar", JAR);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
