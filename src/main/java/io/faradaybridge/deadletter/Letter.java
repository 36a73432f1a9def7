package io.faradaybridge.deadletter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dead letter on its way into the table. */
@SuppressWarnings("ArrayRecordComponent") // written to a column, never compared
record Letter(
        String origin,
        @Nullable String routeId,
        String correlationId,
        byte[] body,
        boolean text,
        Map<String, String> headers,
        String cause,
        int attempts,
        @Nullable String messageId) {}
