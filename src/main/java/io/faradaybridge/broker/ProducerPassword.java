package io.faradaybridge.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The password with which programs send to the broker inside: configured, or generated once and kept in a file. */
final class ProducerPassword {

    private static final Logger log = LoggerFactory.getLogger(ProducerPassword.class);
    private static final String FILE = "producer-password";

    private ProducerPassword() {}

    static String of(BrokerSettings settings) {
        if (settings.password() != null) {
            return settings.password();
        }
        Path file = settings.dataDir().resolve(FILE).toAbsolutePath().normalize();
        try {
            OwnerOnly.folder(settings.dataDir());
            if (!Files.exists(file)) {
                generate(file);
            }
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new IllegalStateException(
                        "The broker's password file " + file + " is empty: delete it, or set bridge.broker.password.");
            }
            log.info(
                    "Programs send to the queues as user '{}'; the password is in {}. bridge.broker.password sets"
                            + " another.",
                    settings.username(),
                    file);
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The broker's password could not be kept in " + file
                            + ": make the folder writable (bridge.data-dir), or set bridge.broker.password.",
                    e);
        }
    }

    private static void generate(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        byte[] line = (Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        // the mode is set at creation, so others can never read the file
        FileAttribute<?>[] owner =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap(line));
        } catch (FileAlreadyExistsException e) {
            log.debug("{} was written meanwhile", file);
        }
    }
}
