package io.faradaybridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of RFC 4180 that a spreadsheet shows and does not carry out. */
class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uFF1D1+1"})
    void a_cell_that_begins_like_a_formula_begins_with_an_apostrophe(String cell) {
        assertThat(Csv.cell(cell).replace("\"", "")).isEqualTo("'" + cell);
    }

    @Test
    void what_would_end_a_cell_is_quoted() {
        assertThat(Csv.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(Csv.cell("say \"no\"")).isEqualTo("\"say \"\"no\"\"\"");
        assertThat(Csv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(Csv.cell("=a,\"b\"")).isEqualTo("\"'=a,\"\"b\"\"\"");
        assertThat(Csv.cell("مشروع = 1")).isEqualTo("مشروع = 1");
    }

    @Test
    void a_line_ends_with_both_characters_and_null_is_empty() {
        StringWriter text = new StringWriter();

        new Csv(text).line(Arrays.asList(17, null, "x"));

        assertThat(text).hasToString("17,,x\r\n");
    }
}
