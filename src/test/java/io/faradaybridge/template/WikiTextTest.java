package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jira.answers.XmlText;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikiTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            nullValues = "",
            value = {
                "[~admin] look              > \\[\\~admin\\] look",
                "[~accountid:5b10]          > \\[\\~accountid:5b10\\]",
                "{code}x{code}              > \\{code\\}x\\{code\\}",
                "{color:red}x               > \\{color:red\\}x",
                "!http://evil.example/x.png!> \\!http://evil.example/x.png\\!",
                "[log in|http://evil]       > \\[log in\\|http://evil\\]",
                "||head||                   > \\|\\|head\\|\\|",
                "*bold* _it_ -del- +ins+    > \\*bold\\* \\_it\\_ \\-del\\- \\+ins\\+",
                "a ^sup^ ~sub~              > a \\^sup\\^ \\~sub\\~",
                "??cite?? why?              > \\?\\?cite\\?\\? why?",
                "h1. Title                  > h1\\. Title",
                "bq. quote                  > bq\\. quote",
                "# one                      > \\# one",
                "* one                      > \\* one",
                "----                       > \\-\\-\\-\\-",
                ":) ;) (x) (!) (/)          > \\:) \\;) \\(x) \\(\\!) \\(/)",
                "(*r) (flagoff) ;P :D_      > \\(\\*r) \\(flagoff) \\;P \\:D\\_",
                "(xy) (flags) :Do (see a)   > (xy) (flags) :Do (see a)",
                "C:\\dir                    > C:&#92;dir",
            })
    void escapes_every_markup_character(String text, String escaped) {
        assertThat(WikiText.escape(text.strip())).isEqualTo(escaped.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CVE-2024-3094 in liblzma 5.6.1",
                "the snake_case_name of x-frame-options, 3*4",
                "Update to version 1.2 (see the vendor's page): why? #12 and C#",
                "Zażółć gęślą jaźń, 漏洞, 🔓",
                "https://nvd.nist.gov/vuln/detail/CVE-2024-3094?a=b&c=d",
            })
    void leaves_ordinary_text_readable(String text) {
        assertThat(WikiText.escape(text)).isEqualTo(text);
    }

    @Test
    void a_backslash_of_the_text_cannot_undo_an_escape() {
        assertThat(WikiText.escape("\\[~admin] \\\\{code} \\:)"))
                .isEqualTo("&#92;\\[\\~admin\\] &#92;&#92;\\{code\\} &#92;\\:)");
    }

    @Test
    void marks_count_at_the_start_of_every_line() {
        assertThat(WikiText.escape("a\r\n  # b\rh2. c")).isEqualTo("a\n  \\# b\nh2\\. c");
        assertThat(WikiText.escape("\n\n# a\n\u0085# b")).isEqualTo("\n\n\\# a\n\u0085\\# b");
    }

    @Test
    void drops_what_xml_cannot_carry_or_what_turns_the_reading_direction() {
        assertThat(WikiText.escape("a\u0000b\u001Bc\u202Ed\te")).isEqualTo("abcd\te");
        assertThat(WikiText.escape("\u0000*a\u0001")).isEqualTo("\\*a");
        assertThat(WikiText.escape("?\uFFFE? :\uD800) h1\uFFFF.")).isEqualTo("\\?\\? \\:) h1.");
    }

    @Test
    void removes_characters_whose_later_removal_could_create_markup() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(6); j > 0; j--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x30) : 0xD700 + random.nextInt(0x2900)));
            }

            String plain = WikiText.plain(text.toString());

            assertThat(XmlText.of(plain)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{noformat}", "{NoFormat}", "{noformat:title=x}", "{ noformat}"})
    void nothing_ends_a_block_early(String text) {
        String block = WikiText.block("x " + text + " [~admin]");

        assertThat(block).startsWith("{noformat}\nx { ").endsWith(" [~admin]\n{noformat}");
        assertThat(block.toLowerCase(java.util.Locale.ROOT).split("\\{noformat", -1))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://example.org/~joe/a-_b?c=1#d [https://example.org/~joe/a-_b?c=1#d]",
                "http://x/]|{y}! [http://x/%5D%7C%7By%7D%21]",
                "javascript:alert(1) javascript:alert(1)",
                "[~admin] \\[\\~admin\\]",
                "CVE-2024-1 CVE-2024-1",
            })
    void links_only_web_addresses(String text, String link) {
        assertThat(WikiText.link(text)).isEqualTo(link);
    }

    @Test
    void cuts_between_characters() {
        assertThat(WikiText.cut("🔓🔓🔓", 4)).isEqualTo("🔓…");
        assertThat(WikiText.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(WikiText.cut("abcde", 4)).isEqualTo("abc…");
    }
}
