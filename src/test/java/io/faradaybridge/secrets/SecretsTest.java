package io.faradaybridge.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.sandbox.FaradayDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stored secrets, their keys, and the change of a key. */
class SecretsTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    @TempDir
    private Path folder;

    private FaradayDatabase.Instance database;
    private JdbcClient jdbc;

    @BeforeEach
    void start() {
        database = FaradayDatabase.shared().newBridgeDatabase();
        jdbc = database.rows();
    }

    private static String key(int octet) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) octet);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Secrets secrets(String key, String previous) {
        return new Secrets(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database.dataSource())),
                new SecretKeys(new SecretSettings(key, folder.resolve("key").toString(), previous, "")));
    }

    private String output;

    private int command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                SecretRotation.COMMAND,
                "--bridge.database.url=" + database.jdbcUrl(),
                "--bridge.database.username=" + database.username(),
                "--bridge.database.password=" + database.password(),
                "--bridge.data-dir=" + folder));
        all.addAll(List.of(arguments));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream caught = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            System.setErr(caught);
            return SecretRotation.run(all.toArray(String[]::new));
        } finally {
            System.setOut(out);
            System.setErr(err);
            output = said.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_is_saved_is_found_and_not_readable_in_the_database() {
        Secrets secrets = secrets(OLD, "");
        secrets.save("a", "geheim");

        assertThat(secrets.find("a")).contains("geheim");
        assertThat(secrets.find("b")).isEmpty();
        assertThat(new String(
                        jdbc.sql("SELECT ciphertext FROM faraday_bridge.secret")
                                .query(byte[].class)
                                .single(),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("geheim");
    }

    @Test
    void a_ciphertext_stands_for_no_other_name() {
        Secrets secrets = secrets(OLD, "");
        secrets.save("a", "of a");
        jdbc.sql("INSERT INTO faraday_bridge.secret SELECT 'b', ciphertext FROM faraday_bridge.secret")
                .update();

        assertThatThrownBy(() -> secrets.find("b"))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining("'b' is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "02aabbccdd"})
    void a_value_that_is_no_ciphertext_is_reported_as_damaged(String hex) {
        jdbc.sql("INSERT INTO faraday_bridge.secret VALUES ('a', decode(:hex, 'hex'))")
                .param("hex", hex)
                .update();

        assertThatThrownBy(() -> secrets(OLD, "").find("a")).hasMessageContaining("'a' is damaged");
    }

    @Test
    void another_key_is_recognised_and_the_settings_are_named() {
        secrets(OLD, "").save("a", "geheim");

        assertThatThrownBy(() -> secrets(NEW, "").find("a"))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining("bridge.secrets.key")
                .hasMessageContaining("bridge.secrets.previous-key")
                .hasMessageNotContaining("geheim");
        assertThat(secrets(NEW, "").unreadable()).containsExactly("a");
    }

    @Test
    void during_a_rotation_both_keys_are_read_and_the_new_one_writes() {
        secrets(OLD, "").save("a", "geheim");
        Secrets both = secrets(NEW, OLD);

        assertThat(both.find("a")).contains("geheim");
        both.save("a", "neu");

        assertThat(secrets(NEW, "").find("a")).contains("neu");
    }

    @Test
    void the_command_encrypts_everything_anew_and_says_how_many() {
        secrets(OLD, "").save("a", "geheim");
        secrets(OLD, "").save("b", "streng geheim");
        secrets(NEW, OLD).save("c", "neu");

        int status = command("--bridge.secrets.key=" + NEW, "--bridge.secrets.previous-key=" + OLD);

        assertThat(status).as(output).isZero();
        assertThat(output)
                .contains("Encrypted 2 stored secrets with bridge.secrets.key; 1 were encrypted with it already.");
        assertThat(secrets(NEW, "").find("a")).contains("geheim");
        assertThat(secrets(NEW, "").find("b")).contains("streng geheim");
        assertThat(secrets(NEW, "").find("c")).contains("neu");
        assertThat(output).doesNotContain(NEW).doesNotContain(OLD);
    }

    @Test
    void the_old_key_may_be_in_the_file_that_was_made_at_the_first_start() throws Exception {
        secrets("", "").save("a", "geheim"); // makes the file
        assertThat(Files.readString(folder.resolve("key"))).isNotEmpty();

        int status =
                command("--bridge.secrets.key=" + NEW, "--bridge.secrets.previous-key-file=" + folder.resolve("key"));

        assertThat(status).as(output).isZero();
        assertThat(secrets(NEW, "").find("a")).contains("geheim");
    }

    @Test
    void with_a_wrong_old_key_nothing_is_changed_and_the_settings_are_named() {
        secrets(OLD, "").save("a", "geheim");
        secrets(NEW, "").save("b", "neu");

        int status = command("--bridge.secrets.key=" + NEW, "--bridge.secrets.previous-key=" + key(3));

        assertThat(status).isEqualTo(1);
        assertThat(output)
                .contains("'a'", "bridge.secrets.previous-key", "Nothing was changed")
                .doesNotContain("\tat ");
        assertThat(secrets(OLD, "").find("a")).contains("geheim");
    }

    @Test
    void an_invalid_key_is_refused_with_a_reason() {
        assertThat(command("--bridge.secrets.key=short")).isEqualTo(1);
        assertThat(output)
                .contains("bridge.secrets.key", "openssl rand -base64 32")
                .doesNotContain("\tat ");
        assertThat(command("--bridge.secrets.key=" + NEW, "--bridge.secrets.previous-key=c2hvcnQ="))
                .isEqualTo(1);
        assertThat(output).contains("bridge.secrets.previous-key has 5 bytes");
    }

    @Test
    void a_database_that_is_away_is_reported() {
        assertThat(command("--bridge.secrets.key=" + NEW, "--bridge.database.url=jdbc:postgresql://127.0.0.1:1/none"))
                .isEqualTo(1);
        assertThat(output)
                .contains("database does not answer", "bridge.database.url")
                .doesNotContain("\tat ");
    }
}
