package io.faradaybridge.export.queue;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.Printable;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.broker.Queues;
import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads from a message where its reply goes. Who may send a message chooses the name, so that only names of ordinary queues
 * are accepted: no topic, none of the bridge's own, none of the broker's ({@code activemq.}, {@code $}), no queue within
 * another address ({@code ::}) and no wildcard. Beyond that, the broker's rights of the bridge's account decide.
 */
@Component
class ReplyAddresses {

    private static final Pattern NAME = Pattern.compile("(?!(?i)activemq\\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
    private static final Pattern CORRELATION = Pattern.compile("\\P{Cntrl}{1,500}");
    /** The id that the program gave its message over AMQP; that of JMS is then the broker's own, which nobody else knows. */
    private static final String SENDERS_ID = "NATIVE_MESSAGE_ID";

    private static final String STOMP_PREFIX = "/queue/";

    private final EventSettings events;
    private final Activity activity;

    ReplyAddresses(EventSettings events, Activity activity) {
        this.events = events;
        this.activity = activity;
    }

    /** Empty if the message asks for no reply, or for one to a place that gets none; that is recorded. */
    Optional<ReplyAddress> of(Message message) {
        if (!(message instanceof JmsMessage jms) || jms.getJmsMessage() == null) {
            return Optional.empty();
        }
        try {
            jakarta.jms.Message received = jms.getJmsMessage();
            if (!(received.getJMSReplyTo() instanceof ActiveMQDestination to)) {
                return Optional.empty();
            }
            String name = to.getAddress().startsWith(STOMP_PREFIX)
                    ? to.getAddress().substring(STOMP_PREFIX.length())
                    : to.getAddress();
            String refusal = refusal(name, to instanceof Topic);
            if (refusal != null) {
                activity.recordHourly(
                        Outcome.IGNORED,
                        QueueHeaders.correlation(message),
                        "a message of vuln-export got no reply: ",
                        "the reply address '" + Printable.of(name, 200) + "' " + refusal);
                return Optional.empty();
            }
            return Optional.of(new ReplyAddress(name, correlation(received)));
        } catch (JMSException unreadable) {
            return Optional.empty();
        }
    }

    private @Nullable String refusal(String name, boolean topic) {
        if (topic || name.equals(events.topic())) {
            return "is a topic: name a queue";
        }
        if (Queues.ALL.contains(name)) {
            return "is a queue of the bridge: name one of your own";
        }
        return NAME.matcher(name).matches()
                ? null
                : "is not the name of an ordinary queue: use letters, digits, '.', '_', '-' and '/'";
    }

    private static @Nullable String correlation(jakarta.jms.Message received) throws JMSException {
        String correlation = Stream.of(
                        received.getJMSCorrelationID(),
                        received.getStringProperty(SENDERS_ID),
                        received.getJMSMessageID())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return correlation != null && CORRELATION.matcher(correlation).matches() ? correlation : null;
    }
}
