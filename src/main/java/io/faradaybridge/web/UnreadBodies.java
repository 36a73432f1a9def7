package io.faradaybridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Handles the body of a request that was answered without it, for example because nobody had signed in. The bytes that
 * were already sent are read, so that the sender gets the answer and not a reset. Slow bodies are not waited for.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadBodies extends OncePerRequestFilter {

    private static final Duration GRACE = Duration.ofSeconds(3);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!RequestBodies.announced(request)) {
            chain.doFilter(request, response);
            return;
        }
        Answered answered = new Answered(response);
        chain.doFilter(request, answered);
        if (request.isAsyncStarted() || RequestBodies.read(request)) {
            return; // another filter is reading it, or has read it
        }
        if (answered.byErrorPage) {
            RestOfBody.drop(request);
            return;
        }
        BodyArrival.await(request, GRACE, 0, new BodyArrival.Outcome() {
            @Override
            public void arrived(byte[] nothing) {
                // the announced body is empty
            }

            @Override
            public void tooLarge() {
                // read and discarded; the answer stays
            }

            @Override
            public void cut() {
                // the answer stays
            }
        });
    }

    /** Notices an error that the web server answers only after all filters have ended. */
    private static final class Answered extends HttpServletResponseWrapper {

        private boolean byErrorPage;

        Answered(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            byErrorPage = true;
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            byErrorPage = true;
            super.sendError(status, message);
        }
    }
}
