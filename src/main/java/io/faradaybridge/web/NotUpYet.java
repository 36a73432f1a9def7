package io.faradaybridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The web server takes requests before the flows are up, and there would be no webhook yet and nobody to hand an export to:
 * whoever comes so early is asked to come again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NotUpYet extends OncePerRequestFilter {

    private static final int SECONDS = 5;

    /** Asked for late: filters are made before everything else. */
    private final ObjectProvider<CamelContext> flows;

    NotUpYet(ObjectProvider<CamelContext> flows) {
        this.flows = flows;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (flows.getObject().isStarted()) {
            chain.doFilter(request, response);
            return;
        }
        ErrorAnswers.write(response, 503, SECONDS, "the bridge is starting or stopping; try again in a moment");
    }
}
