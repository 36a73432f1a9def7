package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The signed call of Jira: {@code direct:jira-send} takes a {@link JiraRequest} and returns a {@link JiraAnswer}, or
 * throws a {@link JiraFailure} in the calling route, which handles it by its own policy. The caller's headers are not
 * changed.
 */
@Component
public class JiraRoutes extends RouteBuilder {

    public static final String SEND = "direct:jira-send";

    static final String HTTP = "direct:jira-http";

    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofSeconds(2);

    private final JiraCall call;
    private final JiraSettings settings;

    JiraRoutes(JiraCall call, JiraSettings settings) {
        this.call = call;
        this.settings = settings;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from(SEND)
                .routeId("jira-send")
                .description(
                        "One signed call: JiraRequest in, JiraAnswer out; failures go to the calling route's policy.")
                .enrich(HTTP, call, true)
                .id("jira-send-copy")
                .filter(exchangeProperty(JiraCall.DOUBTFUL).isNotNull())
                .bean(call, "settle")
                .id("jira-send-whom-to");

        from(HTTP)
                .routeId("jira-http")
                .description("The HTTP call, on its own exchange, so that no header of a flow reaches Jira.")
                .bean(call, "address")
                .id("jira-http-address")
                .choice()
                .when(exchangeProperty(JiraCall.CREATES))
                .to(http(settings.createTimeout()))
                .id("jira-http-create")
                .when(exchangeProperty(JiraCall.ATTENDED))
                .to(http(settings.attendedTimeout()))
                .id("jira-http-attended")
                .otherwise()
                .to(http(settings.readTimeout()))
                .id("jira-http-exchange");
    }

    /** The host is a placeholder: each request names its own address. */
    private static String http(Duration deadline) {
        return "http:jira?httpClientConfigurer=#jiraHttpClient&throwExceptionOnFailure=false&followRedirects=false"
                + "&copyHeaders=false&connectionRequestTimeout="
                + WAIT_FOR_A_CONNECTION.toMillis() + "&responseTimeout=" + deadline.toMillis();
    }
}
