package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes made by the C library's crypt(3). */
class PasswordsTest {

    private static final String CORRECT_HORSE = "06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC";

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void each_name_of_bcrypt_is_the_same(String name) {
        assertThat(Passwords.matches("correct horse", name + CORRECT_HORSE)).isTrue();
        assertThat(Passwords.matches("Correct horse", name + CORRECT_HORSE)).isFalse();
    }

    @Test
    void of_a_long_password_the_first_72_bytes_count() {
        String hash = "$2b$06$abcdefghijklmnopqrstuuhuNqKhtELD4IVBwFnFwEG6keDb5fkrW";

        assertThat(Passwords.matches("ü".repeat(36) + "anything", hash)).isTrue();
        assertThat(Passwords.matches("ü".repeat(36), hash)).isTrue();
        assertThat(Passwords.matches("ü".repeat(35) + "u", hash)).isFalse();
        assertThat(Passwords.matches("x".repeat(100), "$2b$06$abcdefghijklmnopqrstuueHLWckpI7Ut91D6aWthlKy4VKsT9yUG"))
                .isTrue();
    }

    @Test
    void a_nul_does_not_count() {
        assertThat(Passwords.matches("correct\0 horse\0", "$2b$" + CORRECT_HORSE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "$2b$06$short", "correct horse", "$1$salt$x"})
    void what_is_no_bcrypt_matches_nothing(String hash) {
        assertThat(Passwords.matches("correct horse", hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789012345678901234567890", "faraday"})
    void nobody_knows_the_password_of_nobody(String password) {
        String hash = Passwords.unknown(5);

        assertThat(hash).matches("\\$2b\\$05\\$[./0-9A-Za-z]{53}");
        assertThat(Passwords.matches(password, hash)).isFalse();
    }
}
