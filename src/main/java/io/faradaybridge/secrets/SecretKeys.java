package io.faradaybridge.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The key that encrypts stored secrets: from the settings, or from a file that is made at the first start. During a
 * rotation the previous key is used for reading too.
 */
@Component
class SecretKeys implements KeyDerivation {

    private static final Logger log = LoggerFactory.getLogger(SecretKeys.class);
    private static final int BYTES = 32;

    private final Key current;
    private final @Nullable Key previous;

    /** @param id distinguishes keys without revealing anything about them */
    record Key(SecretKeySpec spec, int id) {
        @Override
        public String toString() {
            return Integer.toHexString(id);
        }
    }

    SecretKeys(SecretSettings settings) {
        this.current = settings.key().isBlank()
                ? key("bridge.secrets.key-file", fromFile(Path.of(settings.keyFile())))
                : key("bridge.secrets.key", settings.key());
        this.previous = previous(settings);
    }

    private static @Nullable Key previous(SecretSettings settings) {
        if (!settings.previousKey().isBlank()) {
            return key("bridge.secrets.previous-key", settings.previousKey());
        }
        return settings.previousKeyFile().isBlank()
                ? null
                : key(
                        "bridge.secrets.previous-key-file",
                        read("bridge.secrets.previous-key-file", Path.of(settings.previousKeyFile())));
    }

    Key current() {
        return current;
    }

    @Override
    public byte[] derived(String purpose) {
        return hmac(current.spec().getEncoded(), purpose);
    }

    Optional<Key> byId(int id) {
        return current.id() == id
                ? Optional.of(current)
                : Optional.ofNullable(previous).filter(key -> key.id() == id);
    }

    private static Key key(String setting, String encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(setting + " is not base64; make one with: openssl rand -base64 32");
        }
        if (bytes.length != BYTES) {
            throw new IllegalStateException(setting + " has " + bytes.length + " bytes, " + BYTES
                    + " are needed; make one with: openssl rand -base64 32");
        }
        SecretKeySpec spec = new SecretKeySpec(bytes, "AES");
        return new Key(spec, id(bytes));
    }

    private static int id(byte[] key) {
        return ByteBuffer.wrap(hmac(key, "faraday-jira-bridge: key id")).getInt();
    }

    private static byte[] hmac(byte[] key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }

    private static String fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
        } catch (IOException e) {
            throw unreadable("bridge.secrets.key-file", file, e);
        }
        return read("bridge.secrets.key-file", file);
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(setting, file, e);
        }
    }

    private static UncheckedIOException unreadable(String setting, Path file, IOException cause) {
        return new UncheckedIOException(
                setting + " " + file + " can be neither read nor created; set bridge.secrets.key instead", cause);
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(random)));
            log.info("Made a key for stored secrets in {}; keep it with your backups", file);
        } catch (FileAlreadyExistsException e) {
            log.debug("Another process created {} at the same time", file);
        }
    }
}
