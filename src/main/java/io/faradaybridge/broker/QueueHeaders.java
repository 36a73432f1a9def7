package io.faradaybridge.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which properties of a message become headers, and which headers become properties: a list of those allowed, compared
 * letter by letter, and nothing else. Camel's own filter is a list of those refused, past which {@code CAmelHttpUri} and
 * its like came in (CVE-2026-40453) and steered the next component.
 */
public final class QueueHeaders implements HeaderFilterStrategy {

    /** Header with the id that names one piece of work in every log line, row and message. */
    public static final String CORRELATION = "bridge-correlation";

    static final String CONTENT_TYPE = "content-type";
    static final String CONTENT_ENCODING = "content-encoding";
    /** How often the broker has delivered the message; Artemis counts from 1. */
    public static final String DELIVERIES = "JMSXDeliveryCount";

    /** What a dead letter says about itself. Nobody outside may send to that queue, so it may be believed there. */
    public static final String ORIGIN = "bridge-origin";

    public static final String ROUTE = "bridge-route";
    public static final String CAUSE = "bridge-cause";
    public static final String ATTEMPTS = "bridge-attempts";
    public static final String ORIGINAL_MESSAGE_ID = "bridge-message-id";
    public static final String ORIGINAL_HEADERS = "bridge-headers";

    private static final Set<String> LETTER =
            Set.of(ORIGIN, ROUTE, CAUSE, ATTEMPTS, ORIGINAL_MESSAGE_ID, ORIGINAL_HEADERS);

    /** What is worth keeping of a message beside its body. */
    private static final List<String> KEPT = List.of(
            CORRELATION, CONTENT_TYPE, CONTENT_ENCODING, "JMSMessageID", "JMSCorrelationID", "JMSType", "JMSTimestamp");

    private static final int LONGEST_KEPT = 500;
    /** What may stand in a log line and a column: no blanks, no line ends. */
    private static final Pattern USABLE_CORRELATION = Pattern.compile("[A-Za-z0-9._:@/-]{1,120}");

    private static final String HYPHEN = "_HYPHEN_";

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !isAllowed(name.replace(HYPHEN, "-")) || !(value instanceof String || value instanceof Number);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !name.equals(CORRELATION) && !LETTER.contains(name);
    }

    /** The headers of a received message that say something about it, as text; nothing that steers. */
    public static Map<String, String> kept(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                headers.put(name, value.substring(0, Math.min(value.length(), LONGEST_KEPT)));
            }
        }
        return headers;
    }

    /** The id that the sender gave, as {@link #CORRELATION} or as JMS correlation id, where it is usable; else a new one. */
    public static String correlation(Message message) {
        for (String name : List.of(CORRELATION, "JMSCorrelationID")) {
            String given = message.getHeader(name, String.class);
            if (given != null && USABLE_CORRELATION.matcher(given).matches()) {
                return given;
            }
        }
        return UUID.randomUUID().toString();
    }

    private static boolean isAllowed(String name) {
        return name.equals(CORRELATION)
                || name.equals(CONTENT_TYPE)
                || name.equals(CONTENT_ENCODING)
                || name.equals(DELIVERIES)
                || LETTER.contains(name);
    }
}
