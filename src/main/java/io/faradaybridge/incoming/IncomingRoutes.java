package io.faradaybridge.incoming;

import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.ClientAddress;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.RequestCorrelation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * The border of the webhook: it checks token and body, stores the hint and answers. What the change means is decided
 * later, by the flows in {@code routes/}.
 */
@Component
class IncomingRoutes extends RouteBuilder {

    static final String TOKEN = "webhookToken";
    static final String CLIENT = "webhookClient";
    static final String EVENT = "webhookEvent";
    static final String TOKEN_HEADER = "X-Jira-Token";
    static final String SIGNATURE = "webhookSignature";
    static final String SIGNATURE_HEADER = "X-Hub-Signature";
    static final String NOT_STORED = "the change could not be stored now; the sweep will find it";
    private static final Logger log = LoggerFactory.getLogger(IncomingRoutes.class);

    @Override
    public void configure() {
        onException(UnreadableWebhook.class)
                .handled(true)
                .process(exchange -> {
                    UnreadableWebhook problem =
                            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, UnreadableWebhook.class);
                    answer(exchange, 400, ErrorAnswers.body(problem.fields()));
                })
                .marshal()
                .json();
        onException(TokenRefused.class)
                .handled(true)
                .process(exchange -> answer(exchange, 401, ErrorAnswers.body(new TokenRefused().getMessage())))
                .marshal()
                .json();
        onException(Exception.class)
                .handled(true)
                .process(exchange -> {
                    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
                    log.warn(
                            "A webhook's hint could not be stored, answered 503; the sweep will find the change: {}",
                            cause.getMessage());
                    answer(exchange, 503, ErrorAnswers.body(NOT_STORED));
                    exchange.getMessage().setHeader("Retry-After", "30");
                })
                .marshal()
                .json();

        from("platform-http:" + ApiTerms.WEBHOOK_PATH + "?httpMethodRestrict=POST&useStreaming=false"
                        + "&headerFilterStrategy=#webhookHeaders")
                .routeId("incoming-ingress")
                .description(
                        "Jira's webhook, of an Automation rule or its own: token or signature, and the hint, then 202.")
                .setProperty(TOKEN, header(TOKEN_HEADER))
                .setProperty(SIGNATURE, header(SIGNATURE_HEADER))
                .process(exchange -> {
                    HttpServletRequest request = request(exchange);
                    exchange.setProperty(CLIENT, client(request));
                    exchange.setProperty(EVENT, RequestCorrelation.of(request));
                })
                .removeHeaders("*")
                .setHeader(Exchange.BREADCRUMB_ID, exchangeProperty(EVENT))
                .convertBodyTo(byte[].class)
                .bean(WebhookIngress.class, "accept")
                .filter(exchange -> accepted(exchange).hint() != null)
                .setBody(exchange -> accepted(exchange).hint())
                .to("seda:incoming-status?discardWhenFull=true&waitForTaskToComplete=Never")
                .id("hand-over-webhook")
                .end()
                .process(exchange -> answer(exchange, 202, Map.of("event", exchange.getProperty(EVENT, String.class))))
                .id("accept-webhook")
                .marshal()
                .json();
    }

    /** The sender's address, or the address that a trusted proxy states. */
    private static String client(HttpServletRequest request) {
        return ClientAddress.of(request.getRemoteAddr());
    }

    private static WebhookIngress.Accepted accepted(Exchange exchange) {
        return exchange.getMessage().getBody(WebhookIngress.Accepted.class);
    }

    private static HttpServletRequest request(Exchange exchange) {
        return exchange.getMessage(PlatformHttpMessage.class).getRequest();
    }

    private static void answer(Exchange exchange, int status, Map<String, ?> body) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body);
    }

    /**
     * Only the headers of token and signature get in. So a sender's {@code CAmel...} headers stay out in any spelling.
     */
    @Configuration(proxyBeanMethods = false)
    static class Headers {

        @Bean
        DefaultHeaderFilterStrategy webhookHeaders() {
            return new DefaultHeaderFilterStrategy() {
                @Override
                public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
                    return !(TOKEN_HEADER.equalsIgnoreCase(name) || SIGNATURE_HEADER.equalsIgnoreCase(name));
                }

                @Override
                public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
                    return !("Content-Type".equalsIgnoreCase(name) || "Retry-After".equalsIgnoreCase(name));
                }
            };
        }
    }
}
