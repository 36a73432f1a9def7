package io.faradaybridge.tracing;

import io.faradaybridge.web.RequestCorrelation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * One span for each webhook, and for each request of the API that may change something. A {@code traceparent} of the
 * caller is not read: strangers reach the webhook, and Jira sends none. A request that ends before its call is known,
 * such as without sign-in, leaves no span.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class RequestSpans extends OncePerRequestFilter {

    private static final String BEGUN = RequestSpans.class.getName();
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int FIRST_FAILURE = 500;

    private final Traces traces;

    RequestSpans(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    /** A webhook is answered by another thread; its request comes past here once more. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Traces.Begun begun = (Traces.Begun) request.getAttribute(BEGUN);
        if (begun == null) {
            begun = traces.origin(request.getMethod(), SpanKind.SERVER, RequestCorrelation.of(request), null);
            request.setAttribute(BEGUN, begun);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            begun.leave();
            if (!isAsyncStarted(request)) {
                end(begun.span(), request, response.getStatus());
            }
        }
    }

    private static void end(Span span, HttpServletRequest request, int status) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern) {
            span.updateName(request.getMethod() + " " + pattern)
                    .setAttribute("http.request.method", request.getMethod())
                    .setAttribute("http.route", pattern)
                    .setAttribute("http.response.status_code", status);
            if (status >= FIRST_FAILURE) {
                Failures.of(span, String.valueOf(status));
            }
            span.end();
        }
    }
}
