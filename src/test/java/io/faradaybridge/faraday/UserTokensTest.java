package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.SampleFaraday;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTokensTest {

    private static FaradayWorld world;
    private static UserTokens tokens;

    @BeforeAll
    static void open() {
        world = FaradayWorld.sample();
        tokens = world.bean(UserTokens.class);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void a_valid_token_names_its_user_with_and_without_an_end() {
        assertThat(tokens.caller(SampleFaraday.TOKEN_OF_ADMIN)).contains(SampleFaraday.ADMIN);
        assertThat(tokens.caller(SampleFaraday.TOKEN_OF_PENTESTER)).contains(SampleFaraday.PENTESTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SampleFaraday.EXPIRED_TOKEN,
                SampleFaraday.REVOKED_TOKEN,
                SampleFaraday.GITLAB_TOKEN,
                SampleFaraday.TOKEN_OF_FORMER,
                "SANDBOX-JIRA-TOKEN-OF-FARADAY",
                "",
                "' OR true --"
            })
    void any_other_token_names_nobody(String token) {
        assertThat(tokens.caller(token)).isEmpty();
    }

    @Test
    void a_token_ends_by_utc_whatever_the_sessions_time_zone() {
        try (FaradayWorld soon = FaradayWorld.sampleWith("""
                        UPDATE user_token SET expires_at = now() AT TIME ZONE 'utc' + interval '1 minute'
                         WHERE user_id = 1 AND alias = 'Jira Automation'""")) {
            assertThat(soon.inTransaction(() -> {
                        soon.sql()
                                .sql("SET LOCAL TIME ZONE 'Pacific/Kiritimati'")
                                .update();
                        return soon.bean(UserTokens.class).caller(SampleFaraday.TOKEN_OF_ADMIN);
                    }))
                    .contains(SampleFaraday.ADMIN);
        }
    }

    @Test
    void the_check_goes_together_with_another_statement() {
        assertThat(world.sql()
                        .sql("WITH caller AS (" + UserTokens.CALLER_SQL
                                + ") SELECT u.username FROM caller JOIN faraday_user u ON u.id = caller.user_id")
                        .param("caller", SampleFaraday.TOKEN_OF_CLIENT)
                        .query(String.class)
                        .single())
                .isEqualTo("client");
    }

    @Test
    void an_older_faraday_without_jira_tokens_lets_nobody_in() {
        try (FaradayWorld older = FaradayWorld.sampleWith("DROP TABLE user_token")) {
            assertThat(older.bean(UserTokens.class).caller(SampleFaraday.TOKEN_OF_ADMIN))
                    .isEmpty();
        }
        try (FaradayWorld older = FaradayWorld.sampleWith("""
                DELETE FROM user_token WHERE scope = 'jira';
                CREATE TYPE older_scopes AS ENUM ('gitlab', 'service_desk', 'scheduler');
                ALTER TABLE user_token ALTER scope TYPE older_scopes USING scope::text::older_scopes""")) {
            assertThat(older.bean(UserTokens.class).caller(SampleFaraday.GITLAB_TOKEN))
                    .isEmpty();
        }
    }

    @Test
    void an_older_faraday_says_why_it_can_hold_no_token_for_jira() {
        assertThat(tokens.whyNoneCanBeMade()).isEmpty();
        try (FaradayWorld older = FaradayWorld.sampleWith("DROP TABLE user_token")) {
            assertThat(older.bean(UserTokens.class).whyNoneCanBeMade().orElseThrow())
                    .contains("upgrade");
            assertThat(older.bean(UserTokens.class).of(SampleFaraday.ADMIN)).isEmpty();
            assertThat(older.bean(UserTokens.class).lock(SampleFaraday.ADMIN, 1))
                    .isEmpty();
        }
        try (FaradayWorld older = FaradayWorld.sampleWith("""
                DELETE FROM user_token WHERE scope = 'jira';
                CREATE TYPE older_scopes AS ENUM ('gitlab', 'service_desk', 'scheduler');
                ALTER TABLE user_token ALTER scope TYPE older_scopes USING scope::text::older_scopes""")) {
            assertThat(older.bean(UserTokens.class).whyNoneCanBeMade().orElseThrow())
                    .contains("no scope 'jira'");
        }
    }

    @Test
    void a_user_sees_their_own_tokens_for_jira_newest_first_and_which_are_over() {
        assertThat(tokens.of(SampleFaraday.ADMIN))
                .extracting(UserTokens.UserToken::alias, UserTokens.UserToken::expired, UserTokens.UserToken::revoked)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("leaked", false, true),
                        org.assertj.core.groups.Tuple.tuple("last year's", true, false),
                        org.assertj.core.groups.Tuple.tuple("Jira Automation", false, false));
    }
}
