package io.faradaybridge.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.activity.ActivityEntry;
import io.faradaybridge.broker.EventSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A row of the activity as CloudEvents 1.0 has it, in the binary mode of the protocol binding for AMQP: its attributes
 * are properties with the prefix {@code cloudEvents_}, which the binding has for JMS clients, and the body is the data.
 */
@Component("cloudEvents")
public class CloudEvents {

    static final String PREFIX = "cloudEvents_";
    static final String TYPE = "io.faradaybridge.activity.";

    private static final String JSON = "application/json";

    private final ObjectMapper api;
    private final String source;

    /** @param api the mapper of the API, so that the data are a row of {@code GET activity} */
    CloudEvents(ObjectMapper api, EventSettings settings) {
        this.api = api;
        this.source = settings.source();
    }

    /** The body, a row of the activity, becomes the event of it. */
    public void write(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
        Message message = exchange.getMessage();
        ActivityEntry row = message.getMandatoryBody(ActivityEntry.class);
        String subject = subject(row);
        attribute(message, "specversion", "1.0");
        attribute(message, "id", id(row));
        attribute(message, "source", source);
        attribute(message, "type", TYPE + row.outcome().name().toLowerCase(Locale.ROOT));
        attribute(message, "time", row.at().toString());
        attribute(message, "datacontenttype", JSON);
        if (subject != null) {
            attribute(message, "subject", subject);
            // a broker hands what is of one group to one consumer, in its order
            message.setHeader("JMSXGroupID", subject);
        }
        message.setHeader("JMS_AMQP_ContentType", JSON);
        message.setHeader("JMSCorrelationID", row.correlationId());
        message.setHeader("JMSType", TYPE + row.outcome().name().toLowerCase(Locale.ROOT));
        // bytes, since the binding wants the section "data" of AMQP; a text would be a section "amqp-value"
        message.setBody(api.writeValueAsBytes(row));
    }

    /** The time makes it unique: after a restore, or with a new schema, rows get ids that others had. */
    private static String id(ActivityEntry row) {
        return row.id() + "-" + ChronoUnit.MICROS.between(Instant.EPOCH, row.at());
    }

    private static void attribute(Message message, String name, String value) {
        message.setHeader(PREFIX + name, value);
    }

    private static @Nullable String subject(ActivityEntry row) {
        if (row.vulnerabilityId() != null) {
            return "vulnerability/" + row.vulnerabilityId();
        }
        return row.issueKey() == null ? null : "issue/" + row.issueKey();
    }
}
