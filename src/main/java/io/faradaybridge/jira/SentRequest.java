package io.faradaybridge.jira;

import java.time.Duration;

/**
 * A request that was sent, beside its answer or failure.
 *
 * @param took from when it was made until its end was known, with the waiting for a connection
 */
public record SentRequest(JiraRequest request, Duration took) {

    /** A request that has just ended. */
    public static SentRequest ended(JiraRequest request) {
        return new SentRequest(request, Duration.ofNanos(System.nanoTime() - request.madeAt()));
    }
}
