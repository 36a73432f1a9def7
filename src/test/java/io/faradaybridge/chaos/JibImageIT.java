package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The image that Jib makes, without Docker: what its description says, what is in it, and its entry point as a process. */
@Tag("long")
class JibImageIT {

    private static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final Path TAR = Path.of("target/jib-image.tar");

    private static final Path FOLDER = TemporaryFiles.directory("jib-image");
    private static JibImage image;

    @BeforeAll
    static void unpack() throws IOException {
        assertThat(TAR).as("made by: mvn package -Pfaults").exists();
        image = JibImage.unpack(TAR, FOLDER);
    }

    @AfterAll
    static void delete() {
        TemporaryFiles.delete(FOLDER);
    }

    private static List<String> options(List<String> command) {
        return command.stream()
                .filter(word -> word.startsWith("-X") && !word.startsWith("-XX:AOTCache="))
                .toList();
    }

    @Test
    void it_is_described_as_the_image_of_the_dockerfile_is() throws IOException {
        assertThat(image.config().at("/config/User").asText())
                .isEqualTo(DockerfileSteps.last(DOCKERFILE, "USER"))
                .doesNotStartWith("0")
                .doesNotStartWith("root");
        assertThat(image.config().at("/config/WorkingDir").asText())
                .isEqualTo(DockerfileSteps.last(DOCKERFILE, "WORKDIR"));
        assertThat(image.config().at("/config/Volumes").fieldNames())
                .toIterable()
                .containsExactly(DockerfileSteps.last(DOCKERFILE, "VOLUME"));
        assertThat(image.config().at("/config/ExposedPorts").fieldNames())
                .toIterable()
                .containsExactly(
                        Stream.of(DockerfileSteps.last(DOCKERFILE, "EXPOSE").split(" "))
                                .map(port -> port + "/tcp")
                                .toArray(String[]::new));
        Map<String, String> labels = new TreeMap<>();
        image.config()
                .at("/config/Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        assertThat(labels).isEqualTo(dockerfileLabels()).hasSize(3);
        assertThat(options(image.words("Entrypoint")))
                .isEqualTo(options(DockerfileSteps.list(DockerfileSteps.last(DOCKERFILE, "ENTRYPOINT"))))
                .contains("-XX:+UseSerialGC", "-XX:MaxRAM=512m", "-XX:MaxRAMPercentage=50");
        assertThat(image.words("Env")).isEmpty();
    }

    private static Map<String, String> dockerfileLabels() throws IOException {
        Map<String, String> labels = new TreeMap<>();
        Pattern.compile("(\\S+)=\"([^\"]*)\"")
                .matcher(DockerfileSteps.last(DOCKERFILE, "LABEL"))
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    @Test
    void its_time_is_that_of_the_jar_and_not_of_its_making() throws IOException {
        String time = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*<project.build.outputTimestamp>([^<]+)<.*", "$1");

        assertThat(image.config().path("created").asText()).isEqualTo(time);
        assertThat(image.config().path("history"))
                .allSatisfy(layer -> assertThat(layer.path("created").asText()).isEqualTo(time));
    }

    @Test
    void others_may_write_only_its_folder_for_data() {
        List<String> writable = new ArrayList<>();
        image.modes().forEach((path, mode) -> {
            if ((mode & 0002) != 0) {
                writable.add(path);
            }
        });

        assertThat(writable).containsExactly("app/data/");
    }

    /** So no key, password or other file of the machine where it was built can be in it. */
    @Test
    void it_holds_what_the_jar_holds_and_nothing_else() throws IOException {
        TreeSet<String> libraries = new TreeSet<>();
        TreeSet<String> classes = new TreeSet<>();
        try (JarFile jar = new JarFile(BridgeProcess.JAR.toFile())) {
            jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
                String name = entry.getName();
                if (name.startsWith("BOOT-INF/lib/")) {
                    libraries.add(name.substring("BOOT-INF/lib/".length()));
                } else if (name.startsWith("BOOT-INF/classes/")) {
                    classes.add(name.substring("BOOT-INF/classes/".length()));
                } else if (name.matches("META-INF/(sbom/|spring).*")) {
                    classes.add(name);
                }
            });
        }
        libraries.removeIf(name -> name.matches("(spring-boot-jarmode-tools|checker-qual)-.*")); // what Boot adds

        assertThat(image.files("app/libs/").stream().filter(name -> !name.startsWith("spring-boot-starter")))
                .containsExactlyInAnyOrderElementsOf(libraries);
        assertThat(Stream.concat(image.files("app/resources/").stream(), image.files("app/classes/").stream()))
                .containsExactlyInAnyOrderElementsOf(classes);
        assertThat(image.files("").stream().filter(name -> !name.matches("app/(libs|resources|classes)/.*")))
                .containsExactly("app/data/.keep", "app/jib-classpath-file", "app/jib-main-class-file");
    }

    @Test
    void it_becomes_ready_as_its_own_user_and_answers() throws Exception {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newSampleDatabase();

        try (ImageProcess bridge =
                new ImageProcess(image.process(ImageProcess.java25()), faraday, FOLDER.resolve("log"))) {
            bridge.awaitReady();

            assertThat(bridge.get("/vulnerabilities")).isEqualTo(200);
            assertThat(image.root().resolve("app/data/broker")).exists();
            assertThat(bridge.metrics())
                    .contains("bridge_build_info{version=\""
                            + Files.readString(Path.of("pom.xml"))
                                    .replaceFirst(
                                            "(?s).*?<artifactId>faraday-jira-bridge</artifactId>\\s*<version>([^<]+)<.*",
                                            "$1")
                            + "\"}");
            assertThat(bridge.heapBytes()).isLessThanOrEqualTo(256 * 1024 * 1024.0);
            assertThat(Files.readString(FOLDER.resolve("log"))).doesNotContain("restricted method");
        }
    }
}
