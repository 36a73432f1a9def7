package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The image, without Docker: the Dockerfile's steps as commands, then its entry point beside the database of compose.yaml. */
@Tag("long")
class ImageIT {

    private static final JsonNode COMPOSE = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(Path.of("compose.yaml"))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The image has Java 25, the tests may run on 17. */
    private static Path java25() throws IOException {
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            return installed
                    .filter(java -> java.toString().contains("25") && Files.exists(java.resolve("bin/java")))
                    .findFirst()
                    .orElse(Path.of(System.getProperty("java.home")));
        }
    }

    private static List<Path> scripts() {
        return StreamSupport.stream(
                        COMPOSE.at("/services/faraday-database/volumes").spliterator(), false)
                .map(mount -> mount.asText().split(":"))
                .sorted((one, other) -> one[1].compareTo(other[1]))
                .map(mount -> Path.of(mount[0]))
                .toList();
    }

    @Test
    void it_is_built_and_becomes_ready_beside_the_sample_faraday_with_its_cache_of_classes(@TempDir Path folder)
            throws Exception {
        Path java = java25();
        assumeThat(Files.readString(java.resolve("release")))
                .as("Java of the image")
                .contains("JAVA_VERSION=\"25");
        DockerfileSteps image = new DockerfileSteps(folder, java).run(Path.of("Dockerfile"));
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase(scripts());
        int port = FreePort.next();
        int management = FreePort.next();
        File log = folder.resolve("log").toFile();
        ProcessBuilder bridge =
                image.process(image.entrypoint()).redirectErrorStream(true).redirectOutput(log);
        bridge.environment().put("BRIDGE_DATABASE_URL", faraday.jdbcUrl());
        bridge.environment().put("BRIDGE_DATABASE_USERNAME", faraday.username());
        bridge.environment().put("BRIDGE_DATABASE_PASSWORD", faraday.password());
        bridge.environment().put("SERVER_PORT", "" + port);
        bridge.environment().put("MANAGEMENT_SERVER_PORT", "" + management);
        bridge.environment().put("BRIDGE_BROKER_PORT_AMQP", "0");
        bridge.environment().put("BRIDGE_BROKER_PORT_STOMP", "0");
        bridge.environment().put("BRIDGE_BROKER_PORT_CORE", "-1");
        // without it Java would go on silently where the cache does not fit
        bridge.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        long begun = System.nanoTime();
        Process process = bridge.start();
        try {
            await(log.toString())
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException(Files.readString(log.toPath()));
                        }
                        return answers("http://localhost:" + management + "/observe/health/ready");
                    });
            System.out.println("The image was ready after "
                    + Duration.ofNanos(System.nanoTime() - begun).toMillis()
                    + " ms, with "
                    + process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() + " ms of the processor");

            assertThat(answers("http://localhost:" + port + "/_api/v3/integrations/jira/vulnerabilities"))
                    .isTrue();
            List<String> healthcheck = image.healthcheck().stream()
                    .map(word -> word.replace("9876", "" + management))
                    .toList();
            assertThat(image.process(healthcheck).start().waitFor()).isZero();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean answers(String url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header(
                            "Authorization",
                            BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void compose_names_settings_that_exist_and_the_queues_of_the_bridge() throws IOException {
        String settings = Files.readString(Path.of("docs/settings.md"));
        COMPOSE.at("/services/bridge/environment").fieldNames().forEachRemaining(name -> assertThat(settings)
                .contains("`" + name.replaceFirst("^BRIDGE_", "") + "`"));
        assertThat(COMPOSE.at("/services/broker/environment/EXTRA_ARGS").asText())
                .contains("--queues vuln-status:anycast,vuln-export:anycast,dead-letter:anycast");
        assertThat(COMPOSE.at("/services/bridge/image").asText())
                .isIn(Files.readString(Path.of("Dockerfile"))
                        .lines()
                        .filter(line -> line.contains("docker build "))
                        .map(line -> line.replaceFirst(".* -t (\\S+) .*", "$1"))
                        .toList());
    }
}
