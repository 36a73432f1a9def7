package io.faradaybridge.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.Printable;
import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.broker.RefusedBody;
import io.faradaybridge.tables.Json;
import io.faradaybridge.web.CorrelationId;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores the messages of the queue dead-letter in the table. A route has sent them there, or the broker after too many
 * attempts. A message leaves the broker only after the commit.
 */
@Component("deadLetterIntake")
public class DeadLetterIntake {

    private static final int LONGEST_CAUSE = 4000;
    private static final int LONGEST_HEADER = 500;
    private static final String UNKNOWN_ORIGIN = "unknown";

    private final DeadLetterTable table;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final BrokerSettings broker;

    DeadLetterIntake(
            DeadLetterTable table, Activity activity, TransactionOperations transaction, BrokerSettings broker) {
        this.table = table;
        this.activity = activity;
        this.transaction = transaction;
        this.broker = broker;
    }

    public void store(Exchange exchange) throws JMSException {
        Letter letter = letter(exchange.getMessage());
        CorrelationId.become(letter.correlationId());
        transaction.executeWithoutResult(status -> {
            if (table.insert(letter)) {
                activity.record(
                        Outcome.DEAD,
                        letter.correlationId(),
                        null,
                        null,
                        "A message on " + letter.origin() + " went to the dead letters: " + letter.cause(),
                        null);
            }
        });
    }

    private Letter letter(Message message) throws JMSException {
        // the broker's own header is read first: if the broker moved the message, another program set the headers below
        String movedFrom = property(message, "_AMQ_ORIG_QUEUE");
        return movedFrom == null ? fromRoute(message) : fromBroker(message, movedFrom);
    }

    private Letter fromRoute(Message message) throws JMSException {
        String messageId = message.getHeader(QueueHeaders.ORIGINAL_MESSAGE_ID, String.class);
        return letter(
                message,
                message.getHeader(QueueHeaders.ORIGIN, UNKNOWN_ORIGIN, String.class),
                message.getHeader(QueueHeaders.ROUTE, String.class),
                headers(message.getHeader(QueueHeaders.ORIGINAL_HEADERS, "{}", String.class)),
                message.getHeader(QueueHeaders.CAUSE, "No cause was given.", String.class),
                message.getHeader(QueueHeaders.ATTEMPTS) instanceof Integer attempts ? attempts : 0,
                messageId == null ? ownId(message) : messageId);
    }

    private Letter fromBroker(Message message, String queue) throws JMSException {
        boolean expired = property(message, "_AMQ_ACTUAL_EXPIRY") != null;
        int attempts = expired || !broker.embedded() ? 0 : broker.redelivery().attempts();
        return letter(
                message,
                queue,
                null,
                QueueHeaders.kept(message),
                expired
                        ? "It expired before it was consumed: its sender had given it a time to live."
                        : "It failed each time it was delivered, and the broker gave up. The log says why each time.",
                attempts,
                ownId(message));
    }

    private static Letter letter(
            Message message,
            String origin,
            @Nullable String route,
            Map<String, String> headers,
            String cause,
            int attempts,
            @Nullable String messageId) {
        Object body = message.getBody();
        boolean text = body instanceof String;
        byte[] bytes = body instanceof byte[] raw
                ? raw
                : body instanceof RefusedBody refused
                        ? refused.raw()
                        : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        Map<String, String> printable = new LinkedHashMap<>();
        headers.forEach((name, value) ->
                printable.put(Printable.of(name, LONGEST_HEADER), Printable.of(value, LONGEST_HEADER)));
        return new Letter(
                Printable.of(origin, LONGEST_HEADER),
                route == null ? null : Printable.of(route, LONGEST_HEADER),
                QueueHeaders.correlation(message),
                bytes,
                text,
                printable,
                Printable.of(cause, LONGEST_CAUSE),
                attempts,
                messageId == null ? null : Printable.of(messageId, LONGEST_HEADER));
    }

    /**
     * An id that stays the same if this dead letter is delivered again. A STOMP message has only the broker's number.
     */
    private static @Nullable String ownId(Message message) throws JMSException {
        String id = message.getHeader("JMSMessageID", String.class);
        String number = property(message, "_AMQ_ORIG_MESSAGE_ID");
        return id != null || number == null ? id : "broker:" + number;
    }

    private static @Nullable String property(Message message, String name) throws JMSException {
        return message instanceof JmsMessage jms && jms.getJmsMessage() != null
                ? jms.getJmsMessage().getStringProperty(name)
                : null;
    }

    private static Map<String, String> headers(String text) {
        try {
            return Json.MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }
}
