package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.web.InvalidRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the controls of a form to the body of a call. */
class FormBodyTest {

    private static Map<String, Object> body(Object... namesAndValues) {
        Map<String, List<String>> controls = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            controls.put(
                    namesAndValues[i].toString(),
                    value instanceof List<?> list
                            ? list.stream().map(String::valueOf).toList()
                            : List.of(value.toString()));
        }
        return FormBody.of(controls);
    }

    @Test
    void a_text_stays_as_it_was_typed_and_controls_without_a_place_are_not_sent() {
        assertThat(body("text:/url", " a ", "_csrf", "secret", "query", "x")).isEqualTo(Map.of("url", " a "));
        assertThat(body("text:/url", "")).isEqualTo(Map.of("url", ""));
    }

    @Test
    void what_is_empty_is_left_out_if_its_kind_says_so() {
        assertThat(body(
                        "optional:/a",
                        " ",
                        "int:/b",
                        "",
                        "number:/c",
                        "",
                        "text?:/d",
                        "",
                        "lines?:/e",
                        "\n",
                        "list?:/f",
                        List.of(""),
                        "json?:/g",
                        "",
                        "pairs?:/h",
                        ""))
                .isEmpty();
        assertThat(body("null:/expires_at", "")).containsEntry("expires_at", null);
        assertThat(body("lines:/a", "", "list:/b", List.of(""))).isEqualTo(Map.of("a", List.of(), "b", List.of()));
    }

    @Test
    void an_object_is_not_made_for_values_that_are_all_left_out() {
        assertThat(body("text?:/fields/Summary/value", "", "text?:/fields/Summary/template", ""))
                .isEmpty();
        assertThat(body("object:/fields", "", "text?:/fields/Summary/value", ""))
                .isEqualTo(Map.of("fields", Map.of()));
    }

    @Test
    void numbers_are_numbers_and_what_is_none_stays_a_text() {
        assertThat(body("int:/a", " 17 ", "number:/b", "9.8", "int:/c", "many", "numbers:/d", "1, 2\n3 x"))
                .isEqualTo(Map.of("a", 17L, "b", new BigDecimal("9.8"), "c", "many", "d", List.of(1L, 2L, 3L, "x")));
    }

    @Test
    void a_check_box_is_false_unless_its_own_value_comes_last() {
        assertThat(body("yes:/a", List.of("false"), "yes:/b", List.of("false", "true")))
                .isEqualTo(Map.of("a", false, "b", true));
    }

    @Test
    void lists_come_from_several_controls_or_from_lines() {
        assertThat(body("list:/a", List.of("x", "", "y"), "lines:/b", "x\n\n y \n"))
                .isEqualTo(Map.of("a", List.of("x", "y"), "b", List.of("x", "y")));
    }

    @Test
    void json_and_pairs_become_objects() {
        assertThat(body(
                        "json:/a",
                        "[\"Network\", \"DNS\"]",
                        "json:/b",
                        "no JSON",
                        "pairs:/c",
                        "Resolution: a: b\nempty"))
                .isEqualTo(Map.of(
                        "a", List.of("Network", "DNS"),
                        "b", "no JSON",
                        "c", Map.of("Resolution", "a: b", "empty", "")));
    }

    @Test
    void names_with_any_characters_find_their_place() {
        assertThat(body("text:/fields/Component~1s: a~0b/by_severity/critical", "x"))
                .isEqualTo(
                        Map.of("fields", Map.of("Component/s: a~b", Map.of("by_severity", Map.of("critical", "x")))));
        assertThat(body("text:/fields/a~01/value", "x"))
                .isEqualTo(Map.of("fields", Map.of("a~1", Map.of("value", "x"))));
    }

    @Test
    void a_form_that_is_tried_stands_below_the_place_that_the_trial_expects() {
        Object[] controls = {
            "text:/issue_type",
            "Bug",
            "text:/fields/Summary/value",
            "s",
            "save:text:/version",
            "7",
            "try:numbers:/vulnerability_ids",
            "17"
        };
        assertThat(body(controls))
                .isEqualTo(
                        Map.of("issue_type", "Bug", "fields", Map.of("Summary", Map.of("value", "s")), "version", "7"));

        Object[] tried = new Object[controls.length + 2];
        System.arraycopy(controls, 0, tried, 0, controls.length);
        tried[controls.length] = "_try";
        tried[controls.length + 1] = "/ticket_config";
        assertThat(body(tried))
                .isEqualTo(Map.of(
                        "ticket_config",
                        Map.of("issue_type", "Bug", "fields", Map.of("Summary", Map.of("value", "s"))),
                        "vulnerability_ids",
                        List.of(17L)));
    }

    @Test
    void a_form_that_contradicts_itself_is_refused() {
        assertThatThrownBy(() -> body("text:/a", "x", "text:/a/b", "y"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("a value and an object at once");
        assertThatThrownBy(() -> body("word:/a", "x")).isInstanceOf(InvalidRequest.class);
    }
}
