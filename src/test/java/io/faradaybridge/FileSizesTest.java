package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader can take in: a file on a few screens, a folder in one list. */
class FileSizesTest {

    private static final Path MAIN = Path.of("src/main/java");

    @Test
    void no_file_is_longer_than_300_lines() throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file)).as("%s", file).isLessThanOrEqualTo(300));
    }

    @Test
    void no_package_has_more_than_30_files() throws IOException {
        assertThat(sources().stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .isNotEmpty()
                .allSatisfy(
                        (folder, files) -> assertThat(files).as("%s", folder).isLessThanOrEqualTo(30));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
