package io.faradaybridge.web;

import java.util.UUID;
import org.slf4j.MDC;

/** The id of the piece of work that this thread is at: in each line of the log, in the activity and in answers. */
public final class CorrelationId {

    /** Where Camel keeps the header {@code breadcrumbId} of the exchange for the log. */
    static final String KEY = "camel.breadcrumbId";

    private CorrelationId() {}

    /** A new one if the work has none. */
    public static String current() {
        String current = MDC.get(KEY);
        return current == null || current.isEmpty() ? UUID.randomUUID().toString() : current;
    }

    /** A piece of work that nothing outside began gets an id of its own, such as {@code follow-} and a UUID. */
    public static void begin(String work) {
        become(work + "-" + UUID.randomUUID());
    }

    /** Within a step of a flow that learns the id; from the next step on Camel takes it from the header. */
    public static void become(String id) {
        MDC.put(KEY, id);
    }
}
