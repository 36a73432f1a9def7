package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.jms.BytesMessage;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveLargeMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker outside hands over although no consumer could stand it. */
class SuspectBodiesTest {

    private final SuspectBodies suspect = new SuspectBodies();

    @ParameterizedTest
    @ValueSource(bytes = {2, 3, 5}) // object, text, map
    void a_body_that_lies_about_its_length_is_not_decoded(byte type) {
        CoreMessage message = new CoreMessage(1, 100).setType(type);
        message.getBodyBuffer().writeByte((byte) 1);
        message.getBodyBuffer().writeInt(Integer.MAX_VALUE);

        suspect.intercept(new SessionReceiveMessage(1, message, 1), null);

        assertThat(message.getType()).isEqualTo(Message.DEFAULT_TYPE);
    }

    @Test
    void an_honest_text_stays_one() {
        CoreMessage message = new CoreMessage(1, 100).setType(Message.TEXT_TYPE);
        message.getBodyBuffer().writeNullableString("{}");

        suspect.intercept(new SessionReceiveMessage(1, message, 1), null);

        assertThat(message.getType()).isEqualTo(Message.TEXT_TYPE);
        assertThat(message.getBodyBuffer().readNullableString()).isEqualTo("{}");
    }

    @Test
    void a_text_as_large_as_the_heap_is_not_decoded() {
        CoreMessage message = new CoreMessage(1, 100).setType(Message.TEXT_TYPE);

        suspect.intercept(new SessionReceiveLargeMessage(1, message, 1L << 30, 1), null);

        assertThat(message.getType()).isEqualTo(Message.BYTES_TYPE);
    }

    @Test
    void of_a_body_that_is_too_large_only_the_beginning_is_kept() throws Exception {
        BytesMessage bytes = mock();
        when(bytes.getBodyLength()).thenReturn(1L << 30);
        TextMessage text = mock();
        when(text.getText()).thenReturn("x".repeat(5 << 20));

        QueueBodies bodies = new QueueBodies();

        assertThat(bodies.fromMessage(bytes))
                .isInstanceOfSatisfying(RefusedBody.class, SuspectBodiesTest::assertThatTheBeginningIsKept);
        assertThat(bodies.fromMessage(text))
                .isInstanceOfSatisfying(RefusedBody.class, SuspectBodiesTest::assertThatTheBeginningIsKept);
    }

    private static void assertThatTheBeginningIsKept(RefusedBody body) {
        assertThat(body.raw()).hasSize(64 * 1024);
        assertThat(body.cause()).contains("send several smaller ones");
    }
}
