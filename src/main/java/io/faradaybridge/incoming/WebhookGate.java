package io.faradaybridge.incoming;

import io.faradaybridge.activity.WebhookResult;
import io.faradaybridge.activity.WebhookResults;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.BodyTerms;
import io.faradaybridge.web.ClientAddress;
import io.faradaybridge.web.ErrorAnswers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter in front of the webhook. It checks the token before the body is read; a signature can be checked only
 * afterwards, so what comes from an address with wrong signatures is limited before. While the routes are not started it
 * answers 503; the web server would answer 404, and Jira's administrator would look for a wrong address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class WebhookGate extends OncePerRequestFilter {

    static final int MAX_BYTES = 1024 * 1024;
    private static final String PLAIN_BYTES = "application/octet-stream";
    private static final Logger log = LoggerFactory.getLogger(WebhookGate.class);

    private final CamelContext camel;
    private final WebhookTokenLimit tokenLimit;
    private final WebhookResults results;

    WebhookGate(CamelContext camel, WebhookTokenLimit tokenLimit, WebhookResults results) {
        this.camel = camel;
        this.tokenLimit = tokenLimit;
        this.results = results;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // decoded and without the context path, as the web server compares it: %75pdate-issues does not avoid this
        // filter
        return !(ApiTerms.WEBHOOK_PATH.equals(request.getServletPath()) && "POST".equals(request.getMethod()));
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() != DispatcherType.REQUEST || enters(request, response)) {
            chain.doFilter(new PlainBytes(request), response);
        }
    }

    private boolean enters(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (camel.getRouteController().getRouteStatus("incoming-ingress") != ServiceStatus.Started) {
            ErrorAnswers.write(response, 503, 5, "the bridge is starting or stopping; the sweep will find the change");
            return false;
        }
        String address = ClientAddress.of(request.getRemoteAddr());
        try {
            String token = request.getHeader(IncomingRoutes.TOKEN_HEADER);
            if (token == null && request.getHeader(IncomingRoutes.SIGNATURE_HEADER) != null) {
                tokenLimit.enterSigned(address);
            } else {
                tokenLimit.enter(token, address);
            }
        } catch (TokenRefused refused) {
            results.refused(WebhookResult.WRONG_TOKEN, TokenRefused.detail());
            ErrorAnswers.write(response, 401, refused.getMessage());
            return false;
        } catch (TokensLimited limited) {
            results.refused(
                    WebhookResult.TOO_MANY,
                    "too many wrong tokens, unusable bodies, or webhooks that make the bridge ask Jira");
            ErrorAnswers.write(response, 429, limited.seconds(), limited.getMessage());
            return false;
        } catch (IllegalStateException unanswered) {
            log.warn("A webhook's token could not be looked up, answered 503: {}", unanswered.getMessage());
            results.count(WebhookResult.NOT_STORED);
            ErrorAnswers.write(response, 503, 30, IncomingRoutes.NOT_STORED);
            return false;
        }
        new BodyTerms(MAX_BYTES, why -> bodyRefused(why, address)).on(request);
        return true;
    }

    private void bodyRefused(BodyTerms.Refused why, String address) {
        tokenLimit.unusableBody(address);
        if (why == BodyTerms.Refused.TOO_LARGE) {
            results.refused(WebhookResult.TOO_LARGE, "the body is larger than 1 MiB; send only the documented fields");
        } else {
            results.refused(WebhookResult.NOT_IN_TIME, "the body did not arrive completely in time");
        }
    }

    /**
     * Passes the body on as plain bytes, whatever its content type. Camel would try to parse a form, a multipart or a
     * compressed body before the route could report what is wrong with it.
     */
    private static final class PlainBytes extends HttpServletRequestWrapper {

        PlainBytes(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return PLAIN_BYTES;
        }

        @Override
        public @Nullable String getHeader(String name) {
            if ("Content-Type".equalsIgnoreCase(name)) {
                return PLAIN_BYTES;
            }
            return "Content-Encoding".equalsIgnoreCase(name) ? null : super.getHeader(name);
        }
    }
}
