package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged jar carries: a library that nothing uses is only one more that somebody may attack. */
class PackagedLibrariesIT {

    private static final Path JAR = Path.of("target/faraday-jira-bridge.jar");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel-controlbus",
                "camel-dataset",
                "camel-mock",
                "camel-platform-http-main",
                "camel-stub",
                "camel-vertx",
                "camel-xslt",
                "jgroups",
                "kotlin-",
                "netty-codec-haproxy",
                "netty-codec-http2",
                "netty-resolver-dns",
                "okhttp",
                "opentelemetry-exporter-sender-okhttp",
                "vertx-"
            })
    void a_library_that_nothing_uses_is_not_in_the_jar(String library) throws Exception {
        assertThat(libraries()).noneMatch(name -> name.startsWith(library));
    }

    @Test
    void the_broker_is_of_one_version_and_of_its_new_group() throws Exception {
        List<String> broker =
                libraries().stream().filter(name -> name.startsWith("artemis-")).toList();
        assertThat(broker)
                .hasSizeGreaterThan(5)
                .extracting(name -> name.replaceFirst("^[a-z-]+-(?=\\d)", ""))
                .containsOnly("2.55.0.jar");
    }

    private static List<String> libraries() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> libraries = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("BOOT-INF/lib/".length()))
                    .toList();
            assertThat(libraries).as("libraries in " + JAR).hasSizeGreaterThan(100);
            return libraries;
        }
    }
}
