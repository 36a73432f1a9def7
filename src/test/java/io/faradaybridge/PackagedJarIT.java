package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the packaged jar says of its parts is so. */
class PackagedJarIT {

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** What may be passed on beside code that is not open; a new one is a decision. */
    private static final Set<String> LICENCES = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "GNU General Public License, version 2 with the GNU Classpath Exception",
            "GPL-2.0-with-classpath-exception",
            "ISC",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later", // of JNA, which is to be had by Apache-2.0 too
            "MIT");

    private static final JsonNode PARTS = read();

    private static JsonNode read() {
        try (JarFile jar = new JarFile("target/faraday-jira-bridge.jar")) {
            String location = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
            if (location == null) {
                throw new IllegalStateException(
                        "The packaged jar lists no parts: Maven makes the list only without -o");
            }
            try (InputStream bom = jar.getInputStream(jar.getEntry(location))) {
                return new ObjectMapper().readTree(bom);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The packaged jar has no list of its parts", e);
        }
    }

    @Test
    void it_lists_each_library_that_is_in_it_and_no_other() throws IOException {
        Set<String> listed = new TreeSet<>();
        PARTS.path("components").forEach(part -> {
            if (part.path("name").asText().startsWith("spring-boot-starter")) {
                return; // holds no classes, so the packaging leaves it out
            }
            String classifier = part.path("purl").asText().replaceFirst("^.*[?&]classifier=([^&]+).*$|^.*$", "$1");
            listed.add(part.path("name").asText() + "-" + part.path("version").asText()
                    + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar");
        });
        try (JarFile jar = new JarFile("target/faraday-jira-bridge.jar")) {
            Set<String> inside = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .filter(name -> !name.startsWith("spring-boot-jarmode-tools")) // Boot's own, added by the packaging
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(listed).isEqualTo(inside);
        }
    }

    @Test
    void each_library_has_a_licence_that_was_decided_on() {
        assertThat(PARTS.path("components")).isNotEmpty().allSatisfy(part -> {
            assertThat(part.path("licenses")).as(part.path("name").asText()).isNotEmpty();
            part.path("licenses").forEach(one -> assertThat(LICENCES)
                    .as(part.path("name").asText())
                    .contains(
                            one.at("/license/id").asText(one.at("/license/name").asText())));
        });
    }

    /** Spring Boot's parent in {@code pom.xml} would hand down its licence and addresses. */
    @Test
    void it_says_nothing_of_the_bridge_that_is_another_products() {
        JsonNode bridge = PARTS.at("/metadata/component");

        assertThat(bridge.path("name").asText()).isEqualTo("faraday-jira-bridge");
        assertThat(bridge.findValuesAsText("id")).isEmpty();
        assertThat(bridge.at("/licenses/0/license/name").asText()).isEqualTo("All rights reserved");
        assertThat(bridge.toString()).doesNotContainIgnoringCase("spring").doesNotContain("VMware", "http");
    }

    /** Otherwise two builds of one commit differ. */
    @Test
    void it_holds_no_time_of_its_making() {
        assertThat(PARTS.at("/metadata").has("timestamp")).isFalse();
    }
}
