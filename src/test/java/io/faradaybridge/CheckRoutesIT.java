package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar checks a routes folder where no database and no broker are, as an init container does. */
class CheckRoutesIT {

    private static final Path JAR = Path.of("target/faraday-jira-bridge.jar").toAbsolutePath();

    private record Ended(int status, String said) {}

    private static Ended check(String command, Path routes, Path elsewhere) throws IOException, InterruptedException {
        ProcessBuilder start = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        command,
                        routes.toString())
                .directory(elsewhere.toFile())
                .redirectErrorStream(true);
        start.environment().put("BRIDGE_DATABASE_URL", "jdbc:postgresql://localhost:1/nobody");
        start.environment().put("NOTIFY_URL", "http://localhost:1/hook");
        Process process = start.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // of a library, about another one
        return new Ended(process.waitFor(), said.replaceFirst("^Standard Commons Logging discovery.*\\R", ""));
    }

    @Test
    void a_mistyped_command_starts_nothing(@TempDir Path routes, @TempDir Path elsewhere)
            throws IOException, InterruptedException {
        Ended wrong = check("check-route", routes, elsewhere);

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.said()).startsWith("Usage: ").endsWith("not understood: check-route " + routes + "\n");
    }

    @Test
    void it_says_what_is_wrong_and_then_that_all_is_well(@TempDir Path routes, @TempDir Path elsewhere)
            throws IOException, InterruptedException {
        Path notice = routes.resolve("chat-notice.yaml");
        String right = Files.readString(Path.of("routes/examples/chat-notice.yaml"));
        Files.writeString(
                notice, right.replace("seda:activity", "sedo:activity").replace("NOTIFY_URL}}", "NOBODY_SET}}"));

        Ended wrong = check("check-routes", routes, elsewhere);

        assertThat(wrong.said().lines())
                .hasSize(4)
                .contains("chat-notice.yaml is added", "Findings: 2")
                .anySatisfy(line -> assertThat(line).startsWith(notice + ":9:12: sedo:activity cannot be used"))
                .anySatisfy(
                        line -> assertThat(line).startsWith(notice + ":17:45: ").contains("'NOBODY_SET'"));
        assertThat(wrong.status()).isEqualTo(1);

        Files.writeString(notice, right);

        Ended well = check("check-routes", routes, elsewhere);

        assertThat(well.said().lines()).containsExactly("chat-notice.yaml is added", "All is well.");
        assertThat(well.status()).isZero();
        try (Stream<Path> written = Files.list(elsewhere)) {
            assertThat(written).isEmpty();
        }
    }
}
