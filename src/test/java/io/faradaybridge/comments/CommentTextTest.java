package io.faradaybridge.comments;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayComments.Written;
import io.faradaybridge.jira.answers.JiraComment;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentTextTest {

    private static String forJira(String text) {
        return CommentText.forJira(new Written(text, "alice")).orElse("");
    }

    private static String forFaraday(String author, String body) {
        return CommentText.forFaraday(new JiraComment(
                        "1", "x", author, body, Instant.parse("2026-11-27T08:15:30Z"), false, null, null))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @jira please fix      | alice in Faraday: please fix
            @JIRA: please fix     | alice in Faraday: please fix
            @Jira                 | ''
            '@jira  :  '          | ''
            @jira [~bob] !x.png!  | 'alice in Faraday: \\[\\~bob\\] \\!x.png\\!'
            """)
    void the_prefix_is_cut_and_the_text_reads_as_it_was_written(String text, String sent) {
        assertThat(forJira(text)).isEqualTo(sent);
    }

    @Test
    void several_lines_and_other_scripts_stay_as_they_are() {
        assertThat(forJira("@jira\nשלום, first line\r\nsecond line"))
                .isEqualTo("alice in Faraday: שלום, first line\nsecond line");
        assertThat(forFaraday("ليلى", "{code}مرحبا{code}"))
                .isEqualTo("ليلى (Jira, 2026-11-27 08:15 UTC): {code}مرحبا{code}");
    }

    @Test
    void what_is_too_long_for_jira_is_cut_with_a_note() {
        assertThat(forJira("@jira " + "😀".repeat(40_000)))
                .hasSizeLessThanOrEqualTo(32_767)
                .startsWith("alice in Faraday: 😀")
                .endsWith("😀…\n(cut: the comment is longer)");
        assertThat(forFaraday("Jane", "x".repeat(50_000))).hasSize(32_767).endsWith("x…\n(cut: the comment is longer)");
    }

    @Test
    void a_comment_of_nobody_any_more_says_so() {
        assertThat(CommentText.forJira(new Written("@jira hello", null))).contains("A former user in Faraday: hello");
        assertThat(forFaraday("", "hello")).startsWith("Anonymous (Jira");
    }

    @Test
    void an_author_cannot_forge_lines_or_turn_the_text_around() {
        assertThat(forFaraday("Jane\n\u202eBob", "hello")).startsWith("Jane Bob (Jira, ");
        assertThat(forFaraday("Jane", " \u0000\n ")).isEmpty();
    }
}
