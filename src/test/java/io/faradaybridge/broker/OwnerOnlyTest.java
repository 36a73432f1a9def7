package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Messages are not for other users of the machine. */
@DisabledOnOs(OS.WINDOWS)
class OwnerOnlyTest {

    @Test
    void a_new_journal_is_its_owners_only(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        try (TestBroker world = new TestBroker(data.resolve("broker"));
                Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText(Queues.VULN_STATUS, "{}")).startsWith("RECEIPT");

            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(data.resolve("broker"))).isEqualTo("rwx------");
        }
    }

    @Test
    void a_journal_that_others_could_read_is_closed_at_start(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path broker = data.resolve("broker");
        new TestBroker(broker).close();
        for (Path path : all(data)) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
        }

        try (TestBroker again = new TestBroker(broker)) {
            assertThat(again.broker.isRunning()).isTrue();
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(broker)).isEqualTo("rwx------");
            assertThat(mode(broker.resolve("journal"))).isEqualTo("rwx------");
            assertThat(all(broker.resolve("bindings")))
                    .filteredOn(Files::isRegularFile)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void a_folder_that_holds_other_things_too_keeps_its_mode(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(data.resolve("of-others.txt"), "x");

        OwnerOnly.folder(data.resolve("broker"));

        assertThat(mode(data)).isEqualTo("rwxr-xr-x");
        assertThat(mode(data.resolve("broker"))).isEqualTo("rwx------");
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }

    private static String mode(Path path) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        return PosixFilePermissions.toString(mode);
    }
}
