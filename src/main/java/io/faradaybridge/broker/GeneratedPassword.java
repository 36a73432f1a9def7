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

/** A password of the broker inside: configured, or generated once and kept in a file. */
final class GeneratedPassword {

    private static final Logger log = LoggerFactory.getLogger(GeneratedPassword.class);

    private GeneratedPassword() {}

    /** With which programs send to the queues. */
    static String ofProducers(BrokerSettings settings) {
        return settings.password() != null
                ? settings.password()
                : kept(
                        settings.dataDir(),
                        "producer-password",
                        "Programs send to the queues as user '" + settings.username() + "'",
                        "bridge.broker.password");
    }

    /** With which programs subscribe to the events. */
    static String ofSubscribers(BrokerSettings settings, EventSettings events) {
        return events.password() != null
                ? events.password()
                : kept(
                        settings.dataDir(),
                        "subscriber-password",
                        "Programs subscribe to the events as user '" + events.username() + "'",
                        "bridge.events.password");
    }

    private static String kept(Path folder, String name, String use, String setting) {
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        try {
            OwnerOnly.folder(folder);
            if (!Files.exists(file)) {
                generate(file);
            }
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new IllegalStateException(
                        "The broker's password file " + file + " is empty: delete it, or set " + setting + ".");
            }
            log.info("{}; the password is in {}. {} sets another.", use, file, setting);
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The broker's password could not be kept in " + file
                            + ": make the folder writable (bridge.data-dir), or set " + setting + ".",
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
