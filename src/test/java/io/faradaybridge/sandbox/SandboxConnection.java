package io.faradaybridge.sandbox;

import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What makes the sandbox's Faraday and Jira "already connected": a key pair, an access token that Jira knows, and the
 * documented configuration in Faraday's database.
 */
public final class SandboxConnection {

    public static final String CONSUMER_KEY = "faraday-key";
    /** The account that the bridge acts as; no person uses it. */
    public static final String SERVICE_ACCOUNT = "faraday-bridge";

    private static final String ACCESS_TOKEN = "sandbox-access-token";

    /** One pair for all worlds of this JVM: making one takes long. */
    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final Path privateKey;

    private SandboxConnection(Path privateKey) {
        this.privateKey = privateKey;
    }

    /** With a key pair whose private half is written to the directory. */
    public static SandboxConnection fresh(Path directory) {
        Path file = directory.resolve("sandbox-private-key.pem");
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(KEYS.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SandboxConnection(file);
    }

    /** The same, as Jira's administrator sees it. */
    public SandboxJira.Options authorise(SandboxJira.Options options) {
        return options.authorised(CONSUMER_KEY, KEYS.getPublic(), ACCESS_TOKEN, SERVICE_ACCOUNT);
    }

    /** The same, as the bridge is configured with it. */
    public Map<String, Object> settings(String jiraUrl) {
        return Map.of(
                "bridge.jira.url",
                jiraUrl,
                "bridge.connection.private-key-file",
                privateKey.toString(),
                "bridge.connection.access-token",
                ACCESS_TOKEN,
                // The sandbox's Jira is on this machine
                "bridge.jira.allowed-networks",
                "127.0.0.0/8,::1/128");
    }

    public String accessToken() {
        return ACCESS_TOKEN;
    }

    /** Saves the configuration row, in place of any that is there. */
    public void configure(FaradayDatabase.Instance database, String jiraUrl) {
        save(database, read("/sandbox/jira_integration.json").replace("JIRA_URL", jiraUrl));
    }

    /** A change of the row as an administrator makes it, given as a jsonb expression over {@code value}. */
    public void change(FaradayDatabase.Instance database, String expression) {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE configuration SET value = " + expression + " WHERE key = 'jira_integration'")
                .update();
    }

    private static void save(FaradayDatabase.Instance database, String json) {
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO configuration (key, value, create_date) VALUES ('jira_integration', ?::jsonb, now())
                        ON CONFLICT (key) DO UPDATE SET value = excluded.value, update_date = now()""").param(json).update();
    }

    private static String read(String resource) {
        try (InputStream file = SandboxConnection.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
