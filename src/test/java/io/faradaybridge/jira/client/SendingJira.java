package io.faradaybridge.jira.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.http.AllowedDnsResolver;
import io.faradaybridge.jira.http.CallDeadline;
import io.faradaybridge.jira.http.JiraHttpConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The signed call of Jira in a Camel of its own, with the settings and the account of a test. */
public final class SendingJira implements AutoCloseable {

    /** What the sandbox needs, which listens on this machine. */
    static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

    static final JiraSettings SETTINGS =
            settings(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(8));

    static JiraSettings settings(Duration connect, Duration read, Duration create, Duration attended) {
        return new JiraSettings(connect, read, create, attended, 4, LOOPBACK, "", "", "", "");
    }

    static JiraSettings through(String proxy, String user, String password) {
        return new JiraSettings(
                SETTINGS.connectTimeout(),
                SETTINGS.readTimeout(),
                SETTINGS.createTimeout(),
                SETTINGS.attendedTimeout(),
                4,
                LOOPBACK,
                proxy,
                user,
                password,
                "");
    }

    private final CamelContext camel = new DefaultCamelContext();
    private final CallDeadline limits = new CallDeadline();
    private final ProducerTemplate template;

    SendingJira(JiraAccount account, RouteBuilder... routes) {
        this(SETTINGS, account, routes);
    }

    SendingJira(JiraSettings settings, JiraAccount account, RouteBuilder... routes) {
        JiraHttpConfiguration http = new JiraHttpConfiguration();
        AllowedDnsResolver names = http.jiraNames(settings);
        camel.getRegistry()
                .bind(
                        "jiraHttpClient",
                        http.jiraHttpClient(http.jiraConnections(settings, names), limits, names, account, settings));
        try {
            camel.addRoutes(new JiraRoutes(
                    new JiraCall(
                            account,
                            new JiraAvailability(Clock.systemUTC(), event -> {}),
                            new ObjectMapper(),
                            new CallMetrics(new SimpleMeterRegistry()),
                            new CallTimes()),
                    settings));
            for (RouteBuilder more : routes) {
                camel.addRoutes(more);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        camel.start();
        template = camel.createProducerTemplate();
    }

    JiraAnswer send(JiraRequest request) {
        try {
            return template.requestBody(JiraRoutes.SEND, request, JiraAnswer.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof JiraFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    public ProducerTemplate template() {
        return template;
    }

    @Override
    public void close() {
        camel.stop();
        limits.close();
    }
}
