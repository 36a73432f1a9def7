package io.faradaybridge.jira;

import java.time.Clock;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The HTTP client under {@code camel-http}: one pool of connections, every request signed and ended in time. */
@Configuration(proxyBeanMethods = false)
class JiraHttpConfiguration {

    @Bean
    PoolingHttpClientConnectionManager jiraConnections(JiraSettings settings) {
        Timeout connectTimeout = Timeout.of(settings.connectTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.maxConnections())
                .setMaxConnTotal(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        // A creation on a connection that Jira closed meanwhile would be an unknown outcome
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connectTimeout).build())
                .build();
    }

    @Bean
    CallLimits jiraCallLimits() {
        return new CallLimits();
    }

    @Bean
    HttpClientConfigurer jiraHttpClient(
            PoolingHttpClientConnectionManager jiraConnections, CallLimits jiraCallLimits, JiraAccount account) {
        return client -> client.setConnectionManager(jiraConnections)
                .setConnectionManagerShared(true)
                .setUserAgent("faraday-jira-bridge")
                // It would repeat a POST by itself when Jira answers 503 with Retry-After
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addRequestInterceptorLast(new RequestSigner(account, Clock.systemUTC()))
                .addExecInterceptorFirst("jira-call-limits", jiraCallLimits);
    }
}
