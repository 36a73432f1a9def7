package io.faradaybridge.jira.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XmlTextTest {

    @Test
    void leaves_out_what_xml_does_not_know_and_nothing_else() {
        assertThat(XmlText.of(
                        "\u0000a\u0001\u0008b\t\r\n\u000B\u001Fc\uFFFE\uFFFF\uFFFD\uD800d\uDC00\uDC00\uD83D\uDD13"))
                .isEqualTo("ab\t\r\nc\uFFFDd\uD83D\uDD13");
        assertThat(XmlText.of("\uD800\uD800\uDC00\uD800")).isEqualTo("\uD800\uDC00");
        assertThat(XmlText.of("")).isEmpty();
    }

    @Test
    void agrees_with_the_characters_that_xml_lists() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            StringBuilder known = new StringBuilder();
            for (int j = random.nextInt(6); j > 0; j--) {
                int character = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x10000);
                boolean xml = character == 9
                        || character == 10
                        || character == 13
                        || (character >= 0x20 && character <= 0xD7FF)
                        || (character >= 0xE000 && character <= 0xFFFD)
                        || character >= 0x10000;
                text.appendCodePoint(character).append('-');
                known.append(xml ? Character.toString(character) : "").append('-');
            }
            assertThat(XmlText.of(text.toString())).isEqualTo(known.toString());
        }
    }

    @Test
    void of_json_every_name_and_text_at_any_depth() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree("{\"a\\u0001\": [\"b\\uFFFE\", {\"c\": \"d\\u0002\"}, 1, null, true]}");

        assertThat(XmlText.of(json)).hasToString("{\"a\":[\"b\",{\"c\":\"d\"},1,null,true]}");
        JsonNode clean = new ObjectMapper().readTree("{\"a\": [\"b\"]}");
        assertThat(XmlText.of(clean)).isSameAs(clean);
    }
}
