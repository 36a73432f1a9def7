package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Path java = ImageProcess.java25();
        assumeThat(Files.readString(java.resolve("release")))
                .as("Java of the image")
                .contains("JAVA_VERSION=\"25");
        DockerfileSteps image = new DockerfileSteps(folder, java).run(Path.of("Dockerfile"));
        ProcessBuilder entrypoint = image.process(image.entrypoint());
        // without it Java would go on silently where the cache does not fit
        entrypoint.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase(scripts());

        try (ImageProcess bridge = new ImageProcess(entrypoint, faraday, folder.resolve("log"))) {
            bridge.awaitReady();

            assertThat(bridge.get("/vulnerabilities")).isEqualTo(200);
            assertThat(bridge.heapBytes()).as("whatever the machine has").isLessThanOrEqualTo(256 * 1024 * 1024.0);
            List<String> healthcheck = image.healthcheck().stream()
                    .map(word -> word.replace("9876", "" + bridge.managementPort()))
                    .toList();
            assertThat(image.process(healthcheck).start().waitFor()).isZero();
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
