package io.faradaybridge.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The key that stored secrets are encrypted with: from the environment, else from a file made at first start. */
@Component
class SecretKey {

    private static final Logger log = LoggerFactory.getLogger(SecretKey.class);
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    SecretKey(SecretSettings settings) {
        String encoded = settings.key().isBlank() ? fromFile(Path.of(settings.keyFile())) : settings.key();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("bridge.secrets.key is not base64; make one with: openssl rand -base64 32");
        }
        if (bytes.length != BYTES) {
            throw new IllegalStateException("bridge.secrets.key has " + bytes.length + " bytes, " + BYTES
                    + " are needed; make one with: openssl rand -base64 32");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    SecretKeySpec spec() {
        return key;
    }

    private static String fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key file " + file + " can be neither read nor made; set bridge.secrets.key instead", e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(java.nio.ByteBuffer.wrap(Base64.getEncoder().encode(random)));
            log.info("Made a key for stored secrets in {}; keep it with your backups", file);
        } catch (FileAlreadyExistsException e) {
            log.debug("Another process made {} just now", file);
        }
    }
}
