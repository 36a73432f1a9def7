package io.faradaybridge.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.web.InvalidRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Only the bridge's own words are shown: those of others may hold an address, a password or a row. */
class FailureReasonTest {

    private static final String SECRET = "https://chat.example.org/T0K3N";

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new InvalidRequest("url", "is missing"), "{url=[is missing]}"),
                Arguments.of(new RuntimeException(SECRET, new InvalidRequest("a", "b")), "{a=[b]}"),
                Arguments.of(
                        new HttpOperationFailedException(SECRET, 503, "no", SECRET, Map.of(), SECRET),
                        "the receiver answered with status 503"),
                Arguments.of(
                        new RuntimeException(new SQLException("key (token)=(" + SECRET + ")", "23505")),
                        "the database refused a statement (SQLSTATE 23505)"),
                Arguments.of(new RuntimeException(SECRET, new IOException(SECRET)), "IOException; the log says more"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_a_sentence_without_a_secret(Exception failure, String sentence) {
        assertThat(FailureReason.of(failure)).isEqualTo(sentence);
    }
}
