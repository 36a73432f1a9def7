package io.faradaybridge.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which properties of a message become headers, and which headers become properties: only those on a list, compared
 * exactly. Camel's own filter lists the refused names instead; {@code CAmelHttpUri} and similar names passed it and
 * controlled the next component (CVE-2026-40453).
 */
public final class QueueHeaders implements HeaderFilterStrategy {

    /** Header with the id that names one piece of work in every log line, row and message. */
    public static final String CORRELATION = "bridge-correlation";

    /** The header of W3C Trace Context; its trace counts where the sender gives no id. */
    public static final String TRACE_PARENT = "traceparent";

    /** A {@link #TRACE_PARENT}: its trace, and the span in it. */
    public static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}");

    /** The attribute {@code traceparent} of an event, of the extension of CloudEvents for traces. */
    public static final String EVENT_TRACE_PARENT = "cloudEvents_traceparent";

    static final String CONTENT_TYPE = "content-type";
    static final String CONTENT_ENCODING = "content-encoding";
    /** How often the broker has delivered the message; Artemis counts from 1. */
    public static final String DELIVERIES = "JMSXDeliveryCount";

    /**
     * The header of a dead letter with its origin. It can be trusted, because only the bridge may send to that queue.
     */
    public static final String ORIGIN = "bridge-origin";

    public static final String ROUTE = "bridge-route";
    public static final String CAUSE = "bridge-cause";
    public static final String ATTEMPTS = "bridge-attempts";
    public static final String ORIGINAL_MESSAGE_ID = "bridge-message-id";
    public static final String ORIGINAL_HEADERS = "bridge-headers";

    private static final Set<String> LETTER =
            Set.of(ORIGIN, ROUTE, CAUSE, ATTEMPTS, ORIGINAL_MESSAGE_ID, ORIGINAL_HEADERS);

    private static final Set<String> EVENT = Set.of(
            "cloudEvents_specversion",
            "cloudEvents_id",
            "cloudEvents_source",
            "cloudEvents_type",
            "cloudEvents_subject",
            "cloudEvents_time",
            "cloudEvents_datacontenttype",
            EVENT_TRACE_PARENT,
            "JMS_AMQP_ContentType",
            "JMSXGroupID");

    /** The headers that are stored with a dead letter. */
    private static final List<String> KEPT = List.of(
            CORRELATION, CONTENT_TYPE, CONTENT_ENCODING, "JMSMessageID", "JMSCorrelationID", "JMSType", "JMSTimestamp");

    private static final int LONGEST_KEPT = 500;
    /** What is allowed in a log line and a column: no blanks, no line ends. */
    private static final Pattern USABLE_CORRELATION = Pattern.compile("[A-Za-z0-9._:@/-]{1,120}");

    private static final String HYPHEN = "_HYPHEN_";

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !isAllowed(name.replace(HYPHEN, "-")) || !(value instanceof String || value instanceof Number);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !name.equals(CORRELATION) && !LETTER.contains(name) && !EVENT.contains(name);
    }

    /** The headers that describe a received message, as text; none that controls a component. */
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

    /**
     * The id that the sender gave, as {@link #CORRELATION} or as JMS correlation id; a new one if neither is usable. A new
     * one begins with the id of the sender's trace, so that what follows can be found by it.
     */
    public static String correlation(Message message) {
        for (String name : List.of(CORRELATION, "JMSCorrelationID")) {
            String given = message.getHeader(name, String.class);
            if (given != null && USABLE_CORRELATION.matcher(given).matches()) {
                return given;
            }
        }
        String traceParent = message.getHeader(TRACE_PARENT, String.class);
        Matcher trace = TRACE.matcher(traceParent == null ? "" : traceParent);
        String random = UUID.randomUUID().toString();
        return trace.matches() ? trace.group(1) + "-" + random.replace("-", "").substring(16) : random;
    }

    private static boolean isAllowed(String name) {
        return name.equals(CORRELATION)
                || name.equals(TRACE_PARENT)
                || name.equals(CONTENT_TYPE)
                || name.equals(CONTENT_ENCODING)
                || name.equals(DELIVERIES)
                || LETTER.contains(name);
    }
}
