package io.faradaybridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 while the flows are not started. The web server accepts requests earlier, when neither the webhook nor
 * the export could be used.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NotStartedFilter extends OncePerRequestFilter {

    private static final int SECONDS = 5;

    /** Resolved late, because filters are created before all other beans. */
    private final ObjectProvider<CamelContext> flows;

    /** The look-up goes through all beans each time. */
    private volatile @Nullable CamelContext found;

    NotStartedFilter(ObjectProvider<CamelContext> flows) {
        this.flows = flows;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CamelContext context = found;
        if (context == null) {
            context = flows.getObject();
            found = context;
        }
        if (context.isStarted()) {
            chain.doFilter(request, response);
            return;
        }
        ErrorAnswers.write(response, 503, SECONDS, "the bridge is starting or stopping; try again in a moment");
    }
}
