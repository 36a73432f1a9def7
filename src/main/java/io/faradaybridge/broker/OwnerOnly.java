package io.faradaybridge.broker;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of messages that only the process' own user may read. Java has no umask and the broker creates the journal's
 * files, so the folder that holds them is closed while it is still empty.
 */
final class OwnerOnly {

    private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    /** The entries of bridge.data-dir that the bridge makes itself. */
    private static final Set<String> OURS = Set.of("broker", "secrets.key");

    private OwnerOnly() {}

    /**
     * Makes the folder and its missing parents, for the owner only. What exists already, from an older version or made
     * by a user, is closed to others. The parent folder is closed if it holds only files of the bridge.
     */
    static void folder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new IOException("Not a directory");
        }
        if (!isPosix(absolute)) {
            Files.createDirectories(absolute);
            return;
        }
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(absolute, mode);
        Files.walkFileTree(absolute, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                close(inside);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                close(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path notOurs, IOException cause) {
                return FileVisitResult.CONTINUE; // for example a volume's lost+found
            }
        });
        Path above = absolute.getParent();
        if (above != null && holdsOnlyOurs(above)) {
            close(above);
        }
    }

    private static boolean holdsOnlyOurs(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> OURS.contains(entry.getFileName().toString()));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static void close(Path path) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (!Files.isSymbolicLink(path) && mode.removeAll(OTHERS)) {
                Files.setPosixFilePermissions(path, mode);
            }
        } catch (IOException notOurs) {
            // the root folder of a volume belongs to the administrator
            log.warn(
                    "Other users of this machine may read {}: its mode could not be changed ({})",
                    path,
                    notOurs.toString());
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
