package io.faradaybridge.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Secrets at rest: AES-256-GCM with a fresh nonce each, the name bound in, so that no ciphertext can stand for another.
 * Never returned by an API, logged, or put in a message.
 */
@Repository
public class Secrets {

    public static final String PRIVATE_KEY = "jira.private-key";
    public static final String ACCESS_TOKEN = "jira.access-token";
    public static final String PERSONAL_ACCESS_TOKEN = "jira.personal-access-token";
    public static final String API_TOKEN_EMAIL = "jira.api-token-email";
    public static final String API_TOKEN = "jira.api-token";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient jdbc;
    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Secrets(JdbcClient jdbc, SecretKey key) {
        this.jdbc = jdbc;
        this.key = key;
    }

    public void save(String name, String value) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.secret (name, ciphertext) VALUES (:name, :ciphertext)
                        ON CONFLICT (name) DO UPDATE SET ciphertext = excluded.ciphertext, updated_at = now()""")
                .param("name", name)
                .param("ciphertext", encrypt(name, value))
                .update();
    }

    public Optional<String> find(String name) {
        return jdbc.sql("SELECT ciphertext FROM faraday_bridge.secret WHERE name = :name")
                .param("name", name)
                .query(byte[].class)
                .optional()
                .map(ciphertext -> decrypt(name, ciphertext));
    }

    private byte[] encrypt(String name, String value) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(value.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret '" + name + "' could not be encrypted", e);
        }
    }

    private String decrypt(String name, byte[] stored) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(stored);
            byte[] nonce = new byte[NONCE_BYTES];
            buffer.get(nonce);
            byte[] sealed = new byte[buffer.remaining()];
            buffer.get(sealed);
            return new String(cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | java.nio.BufferUnderflowException e) {
            throw new IllegalStateException(
                    "The secret '" + name + "' cannot be decrypted with bridge.secrets.key; give the key it was stored"
                            + " with, or store it anew");
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
