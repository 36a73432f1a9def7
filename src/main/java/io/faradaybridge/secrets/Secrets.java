package io.faradaybridge.secrets;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores secrets in the database, encrypted with AES-256-GCM. Each has a new nonce, its name is authenticated, so that
 * one ciphertext cannot replace another, and the id of the key comes first. A secret is never returned by the API,
 * logged or put in a message.
 */
@Component
public class Secrets {

    public static final String PRIVATE_KEY = "jira.private-key";
    public static final String CREDENTIALS = "jira.credentials";
    /** What Jira signs its own webhooks with, and for whom they count. */
    public static final String WEBHOOK = "jira.webhook";
    /** Followed by the hash of a request token. */
    public static final String AUTHORIZATION = "jira.authorization.";

    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 5; // format, id of the key
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final SecretKeys keys;
    private final SecureRandom random = new SecureRandom();

    Secrets(JdbcClient jdbc, TransactionOperations transaction, SecretKeys keys) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.keys = keys;
    }

    /**
     * The result of a rotation.
     *
     * @param before how many secrets were already encrypted with the key
     */
    record Rotation(int encrypted, int before) {}

    public void save(String name, String value) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.secret (name, ciphertext) VALUES (:name, :ciphertext)
                        ON CONFLICT (name) DO UPDATE SET ciphertext = excluded.ciphertext, updated_at = now()""")
                .param("name", name)
                .param("ciphertext", encrypt(name, value))
                .update();
    }

    /** @throws SecretUnreadable with the settings to check */
    public Optional<String> find(String name) {
        return ciphertext(name).map(ciphertext -> decrypt(name, ciphertext));
    }

    private Optional<byte[]> ciphertext(String name) {
        return jdbc.sql("SELECT ciphertext FROM faraday_bridge.secret WHERE name = :name")
                .param("name", name)
                .query(byte[].class)
                .optional();
    }

    /** Like {@link #find}, and locks the secret until the caller's transaction ends. */
    public Optional<String> findLocked(String name) {
        return jdbc.sql("SELECT ciphertext FROM faraday_bridge.secret WHERE name = :name FOR UPDATE")
                .param("name", name)
                .query(byte[].class)
                .optional()
                .map(ciphertext -> decrypt(name, ciphertext));
    }

    public boolean has(String name) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM faraday_bridge.secret WHERE name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    public void remove(String name) {
        jdbc.sql("DELETE FROM faraday_bridge.secret WHERE name = :name")
                .param("name", name)
                .update();
    }

    /** Removes all secrets whose name begins with the prefix. */
    public void removeAll(String prefix) {
        jdbc.sql("DELETE FROM faraday_bridge.secret WHERE starts_with(name, :prefix)")
                .param("prefix", prefix)
                .update();
    }

    /**
     * Encrypts everything with the current key, all or nothing.
     *
     * @throws SecretUnreadable if neither key decrypts one of them; then nothing was changed
     */
    Rotation rotate() {
        return transaction.execute(status -> {
            List<String> all = jdbc.sql("SELECT name FROM faraday_bridge.secret ORDER BY name FOR UPDATE")
                    .query(String.class)
                    .list();
            int encrypted = 0;
            for (String name : all) {
                byte[] stored = ciphertext(name).orElseThrow();
                if (keyId(name, stored) != keys.current().id()) {
                    save(name, decrypt(name, stored));
                    encrypted++;
                }
            }
            return new Rotation(encrypted, all.size() - encrypted);
        });
    }

    /** The names of the secrets that neither key decrypts. */
    List<String> unreadable() {
        return jdbc.sql("SELECT name FROM faraday_bridge.secret ORDER BY name").query(String.class).list().stream()
                .filter(name -> !readable(name))
                .toList();
    }

    private boolean readable(String name) {
        try {
            find(name);
            return true;
        } catch (SecretUnreadable unreadable) {
            return false;
        }
    }

    private byte[] encrypt(String name, String value) {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(FORMAT)
                .putInt(keys.current().id())
                .array();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] kept = cipher(Cipher.ENCRYPT_MODE, keys.current(), name, header, nonce)
                    .doFinal(value.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(header.length + nonce.length + kept.length)
                    .put(header)
                    .put(nonce)
                    .put(kept)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret '" + name + "' could not be encrypted", e);
        }
    }

    private static int keyId(String name, byte[] stored) {
        if (stored.length < HEADER_BYTES + NONCE_BYTES || stored[0] != FORMAT) {
            throw damaged(name);
        }
        return ByteBuffer.wrap(stored, 1, 4).getInt();
    }

    private String decrypt(String name, byte[] stored) {
        SecretKeys.Key key = keys.byId(keyId(name, stored))
                .orElseThrow(() -> new SecretUnreadable("The secret '" + name + "' was encrypted with another key than"
                        + " bridge.secrets.key (or its key-file) and bridge.secrets.previous-key: set the key that it"
                        + " was stored with, the same for all replicas, or store the secret again"));
        try {
            ByteBuffer buffer = ByteBuffer.wrap(stored);
            byte[] header = take(buffer, HEADER_BYTES);
            byte[] nonce = take(buffer, NONCE_BYTES);
            byte[] kept = take(buffer, buffer.remaining());
            return new String(
                    cipher(Cipher.DECRYPT_MODE, key, name, header, nonce).doFinal(kept), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw damaged(name);
        }
    }

    private static SecretUnreadable damaged(String name) {
        return new SecretUnreadable(
                "The secret '" + name + "' is damaged, because another program changed it: store it again");
    }

    private static byte[] take(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[count];
        buffer.get(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, SecretKeys.Key key, String name, byte[] header, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
