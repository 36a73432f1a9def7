package io.faradaybridge.web;

import io.faradaybridge.web.BodyTerms.Refused;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Waits for a request's body before its call: after sign-in, so that it does not wait for callers without permission;
 * with one deadline for the whole body; and without a thread, so that slow senders do not delay other requests. Then
 * the request goes on with the complete body. A body that has come with the head of the request needs no waiting, which
 * would take the request through all filters twice.
 */
@Component
@Order(0) // behind Spring Security's filters
public class RequestBodies extends OncePerRequestFilter {

    public static final int MOST_BYTES = 2 * 1024 * 1024;
    /** The limit for callers that are not signed in: enough for name and password. */
    public static final int MOST_BYTES_OF_NOBODY = 8 * 1024;

    private static final String BODY = RequestBodies.class.getName() + ".BODY";
    private static final BodyTerms OF_A_USER = new BodyTerms(MOST_BYTES, why -> {});
    private static final BodyTerms OF_NOBODY = new BodyTerms(MOST_BYTES_OF_NOBODY, why -> {});

    private final Duration deadline;

    RequestBodies(AccessSettings settings) {
        this.deadline = settings.bodyDeadline();
    }

    static boolean announced(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Whether its whole body was read. */
    static boolean read(HttpServletRequest request) {
        return request.getAttribute(BODY) != null;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(BODY) instanceof byte[] body) {
            chain.doFilter(new KeptBody(request, body), response);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST && announced(request)) {
            BodyTerms terms = BodyTerms.of(request, signedIn() ? OF_A_USER : OF_NOBODY);
            if (request.getContentLengthLong() > terms.mostBytes()) {
                refuse(response, terms, Refused.TOO_LARGE);
            } else if (isPresent(request)) {
                byte[] body = request.getInputStream().readNBytes((int) request.getContentLengthLong());
                request.setAttribute(BODY, body);
                chain.doFilter(new KeptBody(request, body), response);
            } else {
                wait(request, response, terms);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Not of a body in chunks, which need not be complete. */
    private static boolean isPresent(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 && RestOfBody.present(request) >= request.getContentLengthLong();
    }

    private static boolean signedIn() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null && !(caller instanceof AnonymousAuthenticationToken);
    }

    private void wait(HttpServletRequest request, HttpServletResponse response, BodyTerms terms) throws IOException {
        BodyArrival.await(request, deadline, terms.mostBytes(), new BodyArrival.Outcome() {
            @Override
            public void arrived(byte[] body) {
                request.setAttribute(BODY, body);
            }

            @Override
            public void tooLarge() throws IOException {
                refuse(response, terms, Refused.TOO_LARGE);
            }

            @Override
            public void cut() throws IOException {
                refuse(response, terms, Refused.NOT_IN_TIME);
            }
        });
    }

    private void refuse(HttpServletResponse response, BodyTerms terms, Refused why) throws IOException {
        terms.whenRefused().refused(why);
        if (why == Refused.TOO_LARGE) {
            ErrorAnswers.write(response, 413, "the body is larger than " + size(terms.mostBytes()));
        } else {
            response.setHeader("Connection", "close");
            ErrorAnswers.write(
                    response,
                    400,
                    "the body did not arrive completely within " + deadline.toSeconds() + " s; send it at once and"
                            + " with its length");
            response.flushBuffer(); // after a broken connection nothing can be sent later
        }
    }

    private static String size(int bytes) {
        return bytes < 1024 * 1024 ? bytes / 1024 + " KiB" : bytes / 1024 / 1024 + " MiB";
    }
}
