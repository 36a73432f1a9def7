package io.faradaybridge.export.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values of Jira are the same as one that was sent; quotes are left out of single words. */
class ValueHashTest {

    private static JsonNode json(String text) {
        return BridgeWorld.json(text.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {`id`: `2`}                    | {`id`: `2`, `name`: `High`, `self`: `https://jira/2`}
                    [{`id`: `1`}, {`id`: `2`}]     | [{`id`: `2`, `name`: `b`}, {`id`: `1`, `name`: `a`}]
                    {`id`: `1`, `child`: {`id`: `2`}} | {`child`: {`value`: `x`, `id`: `2`}, `value`: `y`, `id`: `1`}
                    `two lines\\nof text`          | `two lines\\r\\nof text \\n`
                    5                              | 5.0
                    5.50                           | 5.5
                    null                           | []
                    []                             | null
                    """)
    void what_jira_shows_is_what_was_sent(String sent, String shown) {
        assertThat(ValueHash.of(json(shown), json(sent))).isEqualTo(ValueHash.of(json(sent)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {`id`: `2`}                    | {`id`: `3`, `name`: `High`}
                    [{`id`: `1`}]                  | [{`id`: `1`}, {`id`: `2`}]
                    {`id`: `1`, `child`: {`id`: `2`}} | {`id`: `1`}
                    ` leading blanks count`        | `leading blanks count`
                    5                              | 50
                    `text`                         | null
                    """)
    void what_a_user_changed_is_another_value(String sent, String shown) {
        assertThat(ValueHash.of(json(shown), json(sent))).isNotEqualTo(ValueHash.of(json(sent)));
    }
}
