package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnusableMessagesTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("", "empty"),
                arguments("hello", "not JSON"),
                arguments("{\"vulnerability_id\": 17", "not JSON"),
                arguments("{\"vulnerability_id\": 17} {}", "not JSON"),
                arguments("{\"vulnerability_id\": 17, \"vulnerability_id\": 18}", "not JSON"),
                arguments("[17]", "not a JSON object"),
                arguments("17", "not a JSON object"),
                arguments("[".repeat(10_000) + "]".repeat(10_000), "not JSON"),
                arguments("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), "not JSON"),
                arguments("{\"a\": " + "1".repeat(10_000) + "}", "not JSON"),
                arguments("{\"a\": \"" + "x".repeat(1024 * 1024) + "\"}", "at most 1048576"),
                arguments("{\"a\": \"Zoë\"}".getBytes(ISO_8859_1), "not UTF-8"),
                arguments(new RefusedBody(new byte[0], "it is a list of values"), "list of values"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void says_why_a_message_cannot_be_used(Object body, String cause) {
        exchange.getMessage().setBody(body);
        assertThatThrownBy(() -> new QueueMessages().read(exchange))
                .isInstanceOf(UnusableMessage.class)
                .hasMessageContaining(cause);
    }

    @Test
    void an_unusable_message_has_a_correlation_id_all_the_same() {
        exchange.getMessage().setBody("hello");
        assertThatThrownBy(() -> new QueueMessages().read(exchange)).isInstanceOf(UnusableMessage.class);
        assertThat(exchange.getMessage().getHeader(QueueHeaders.CORRELATION, String.class))
                .isNotBlank();
    }
}
