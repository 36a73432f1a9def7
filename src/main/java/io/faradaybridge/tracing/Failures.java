package io.faradaybridge.tracing;

import io.faradaybridge.jira.JiraFailure;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** How a span shows that its work failed: by a name, since a message may quote what others wrote. */
final class Failures {

    static final String TYPE = "error.type";

    private Failures() {}

    static void of(Span span, String type) {
        span.setStatus(StatusCode.ERROR).setAttribute(TYPE, type);
    }

    static void of(Span span, Throwable failure) {
        of(
                span,
                failure instanceof JiraFailure jira
                        ? jira.kind().name()
                        : failure.getClass().getSimpleName());
    }
}
