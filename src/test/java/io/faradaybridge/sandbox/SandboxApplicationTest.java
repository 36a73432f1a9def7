package io.faradaybridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SandboxApplicationTest {

    @Test
    void ends_with_a_word_where_a_port_is_taken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process sandbox = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SandboxApplication.class.getName(),
                            "--server.port=" + other.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(sandbox.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(sandbox.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(sandbox.exitValue()).isEqualTo(1);
            assertThat(said)
                    .contains("port " + other.getLocalPort() + " is taken, where the bridge listens (server.port)")
                    .doesNotContain("\tat ");
        }
    }
}
