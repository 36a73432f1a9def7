package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.faradaybridge.sandbox.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever builds the same sources gets the same jar, so that anybody can check where a jar comes from. */
@Tag("long")
class EqualBuildsIT {

    private final Path folder = TemporaryFiles.directory("equal-builds");

    @AfterEach
    void delete() {
        TemporaryFiles.delete(folder);
    }

    @Test
    void a_second_build_in_another_folder_and_time_zone_makes_the_same_jar() throws Exception {
        try (JarFile jar = new JarFile(BridgeProcess.JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .as("the list of its parts, which Maven makes only without -o: package again")
                    .isNotNull();
        }
        copySources();

        Path second = SourceBuild.jar(folder, Map.of("TZ", "Asia/Kolkata"));

        assertThat(sha256(second))
                .as(
                        "if target had files of an older state, mvn clean first; what differs: %s",
                        differences(BridgeProcess.JAR, second))
                .isEqualTo(sha256(BridgeProcess.JAR));
    }

    /** As they are now, also what is not committed. */
    private void copySources() throws InterruptedException, IOException {
        try {
            for (String file : SourceBuild.run(
                            Path.of("."), "git", "ls-files", "--cached", "--others", "--exclude-standard")
                    .lines()
                    .toList()) {
                if (Files.exists(Path.of(file))) {
                    Path copy = folder.resolve(file);
                    Files.createDirectories(copy.getParent());
                    Files.copy(Path.of(file), copy);
                }
            }
        } catch (IllegalStateException noRepository) {
            abort("git does not know which files are sources: " + noRepository.getMessage());
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.skipNBytes(Files.size(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String differences(Path one, Path other) throws IOException {
        Map<String, Long> first = sums(one);
        Map<String, Long> second = sums(other);
        TreeSet<String> different = new TreeSet<>(first.keySet());
        different.addAll(second.keySet());
        different.removeIf(name -> first.containsKey(name) && first.get(name).equals(second.get(name)));
        return different.isEmpty() ? "only order, times or rights of the entries" : different.toString();
    }

    private static Map<String, Long> sums(Path path) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            jar.stream().forEach(entry -> sums.put(entry.getName(), entry.getCrc()));
        }
        return sums;
    }
}
