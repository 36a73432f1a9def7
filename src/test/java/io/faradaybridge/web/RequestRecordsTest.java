package io.faradaybridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;

class RequestRecordsTest {

    @JsonNaming(SnakeCaseStrategy.class)
    record Order(
            @JsonAlias("email") String userName,
            int count,
            @Nullable Boolean confirm,
            @Nullable List<Integer> ids,

            @Schema(description = "an object such as {\"a\": 1}") @Nullable
            ObjectNode fields,

            @Nullable JsonNode anything) {

        Order {
            if (count > 100) {
                throw new InvalidRequest("count", "must be at most 100");
            }
        }
    }

    private static final String FITS = "\"user_name\": \"ada\", \"count\": 7";

    private final RequestRecords records = new RequestRecords(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    private Order read(String body) throws IOException {
        return (Order)
                records.readInternal(Order.class, new MockHttpInputMessage(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, List<String>> wrong(String body) {
        return catchThrowableOfType(InvalidRequest.class, () -> read(body)).fields();
    }

    @Test
    void a_body_that_fits_is_the_record_and_null_is_as_if_it_were_not_given() throws IOException {
        assertThat(read("{" + FITS + ", \"confirm\": null, \"ids\": [3, 1], \"fields\": {\"a\": 1}}"))
                .satisfies(order -> {
                    assertThat(order.userName()).isEqualTo("ada");
                    assertThat(order.count()).isEqualTo(7);
                    assertThat(order.confirm()).isNull();
                    assertThat(order.ids()).containsExactly(3, 1);
                    assertThat(order.fields()).hasToString("{\"a\":1}");
                    assertThat(order.anything()).isNull();
                });
    }

    @Test
    void a_body_of_another_charset_is_read_by_that() throws IOException {
        MockHttpInputMessage message = new MockHttpInputMessage(
                "{\"user_name\": \"Zoë\", \"count\": 7}".getBytes(StandardCharsets.ISO_8859_1));
        message.getHeaders().set("Content-Type", "application/json; charset=ISO-8859-1");

        assertThat(((Order) records.readInternal(Order.class, message)).userName())
                .isEqualTo("Zoë");
    }

    @Test
    void only_where_any_json_is_taken_null_differs_from_what_is_not_given() throws IOException {
        assertThat(read("{" + FITS + ", \"anything\": null}").anything()).isEqualTo(NullNode.getInstance());
    }

    @Test
    void another_name_of_a_component_counts_too() throws IOException {
        assertThat(read("{\"email\": \"ada\", \"count\": 7}").userName()).isEqualTo("ada");
    }

    @Test
    void everything_that_must_be_given_is_asked_for_at_once() {
        assertThat(wrong("{\"user_name\": null}"))
                .isEqualTo(Map.of(
                        "user_name", List.of("is missing; it must be a text"),
                        "count", List.of("is missing; it must be a whole number")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            user_name | 7            | must be a text
            user_name | true         | must be a text
            user_name | ["ada"]      | must be a text
            count     | "7"          | must be a whole number
            count     | 7.5          | must be a whole number
            count     | 7.0          | must be a whole number
            count     | ""           | must be a whole number
            count     | true         | must be a whole number
            count     | 99999999999  | must be a whole number
            count     | 1e99         | must be a whole number
            count     | [7]          | must be a whole number
            count     | 101          | must be at most 100
            confirm   | "true"       | must be true or false
            confirm   | 1            | must be true or false
            confirm   | ""           | must be true or false
            ids       | 7            | must be a list of whole numbers
            ids       | "7"          | must be a list of whole numbers
            ids       | ["7"]        | must be a list of whole numbers
            ids       | [[7]]        | must be a list of whole numbers
            ids       | {}           | must be a list of whole numbers
            fields    | []           | must be an object such as {"a": 1}
            fields    | "a"          | must be an object such as {"a": 1}
            """)
    void a_value_of_another_kind_is_refused_with_the_kind_that_is_expected(String key, String value, String message) {
        String others = FITS.replaceAll("\"" + key + "\": [^,]+,? ?", "");

        assertThat(wrong("{\"" + key + "\": " + value + (others.isEmpty() ? "" : ", ") + others.replaceAll(", $", "")
                        + "}"))
                .isEqualTo(Map.of(key, List.of(message)));
    }

    @Test
    void every_key_that_is_not_known_is_named_with_those_that_are() {
        assertThat(wrong("{" + FITS + ", \"cuont\": 7, \"" + "x".repeat(100) + "\": 1}"))
                .containsOnlyKeys("cuont", "x".repeat(60) + "…")
                .containsEntry(
                        "cuont",
                        List.of("is unknown; known keys are anything, confirm, count, email, fields, ids, user_name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"text\"", "null", " "})
    void a_body_that_is_no_object_is_refused(String body) {
        assertThat(wrong(body)).containsEntry("body", List.of("must be a JSON object"));
    }

    @Test
    void neither_half_an_object_nor_one_of_boundless_depth_is_read() {
        assertThatThrownBy(() -> read("{" + FITS)).isInstanceOf(HttpMessageNotReadableException.class);
        assertThatThrownBy(() -> read("{" + FITS + ", \"anything\": " + "[".repeat(100_000)))
                .isInstanceOf(HttpMessageNotReadableException.class);
    }

    @Test
    void of_a_key_that_is_given_twice_the_last_counts() throws IOException {
        assertThat(read("{" + FITS + ", \"count\": 8}").count()).isEqualTo(8);
    }

    @Test
    void no_value_is_repeated_in_a_message() {
        assertThat(wrong("{\"user_name\": {\"a\": \"s3cret\"}, \"count\": \"s3cret\", \"confirm\": \"s3cret\"}"))
                .hasSize(3)
                .asString()
                .doesNotContain("s3cret");
    }
}
