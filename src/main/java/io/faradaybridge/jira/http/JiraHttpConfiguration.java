package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraSettings;
import java.net.URI;
import java.time.Clock;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The HTTP client under {@code camel-http}: one pool of connections, a signature and a deadline for every request, the
 * network rule for every address, no redirects.
 */
@Configuration(proxyBeanMethods = false)
public class JiraHttpConfiguration {

    private static final int LONGEST_HEADER = 64 * 1024;
    private static final int MOST_HEADERS = 500;

    @Bean
    public AllowedDnsResolver jiraNames(JiraSettings settings) {
        return new AllowedDnsResolver(
                new AllowedAddresses(settings.allowedNetworks()),
                SystemDefaultDnsResolver.INSTANCE,
                settings.connectTimeout());
    }

    @Bean
    public PoolingHttpClientConnectionManager jiraConnections(JiraSettings settings, AllowedDnsResolver jiraNames) {
        Timeout connectTimeout = Timeout.of(settings.connectTimeout());
        // with a proxy all connections go to it, and the operator set its address; ProxiedTarget checks the target
        DnsResolver names = settings.proxyUrl().isEmpty() ? jiraNames : SystemDefaultDnsResolver.INSTANCE;
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_HEADER)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnPerRoute(settings.maxConnections())
                .setMaxConnTotal(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        // a creation on a connection that Jira has closed would have an unknown outcome
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connectTimeout).build());
        connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(
                TrustedAuthorities.javasAnd(settings.caFile()),
                HostnameVerificationPolicy.CLIENT,
                CertificateCheck.NAMES));
        return connections.build();
    }

    @Bean
    CallDeadline jiraCallLimits() {
        return new CallDeadline();
    }

    @Bean
    public HttpClientConfigurer jiraHttpClient(
            PoolingHttpClientConnectionManager jiraConnections,
            CallDeadline jiraCallLimits,
            AllowedDnsResolver jiraNames,
            JiraAccount account,
            JiraSettings settings) {
        return client -> {
            client.setConnectionManager(jiraConnections)
                    .setConnectionManagerShared(true)
                    .setUserAgent("faraday-jira-bridge")
                    // the client would repeat a POST by itself if Jira answers 503 with Retry-After
                    .disableAutomaticRetries()
                    .disableRedirectHandling()
                    .disableCookieManagement()
                    .disableAuthCaching()
                    .addRequestInterceptorLast(new RequestSigner(account, Clock.systemUTC()));
            if (!settings.proxyUrl().isEmpty()) {
                goThrough(client, settings);
                client.addExecInterceptorFirst("jira-proxied-target", new ProxiedTarget(jiraNames));
            }
            client.addExecInterceptorFirst("jira-call-limits", jiraCallLimits);
        };
    }

    /** The same client for calls outside the flows; closing it does not close the shared connections. */
    @Bean
    CloseableHttpClient jiraOwnCalls(HttpClientConfigurer jiraHttpClient) {
        HttpClientBuilder client = HttpClientBuilder.create();
        jiraHttpClient.configureHttpClient(client);
        return client.build();
    }

    private static void goThrough(HttpClientBuilder client, JiraSettings settings) {
        URI url = URI.create(settings.proxyUrl());
        HttpHost proxy = new HttpHost(url.getScheme(), url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
        client.setProxy(proxy);
        if (!settings.proxyUsername().isEmpty()) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(proxy),
                    new UsernamePasswordCredentials(
                            settings.proxyUsername(), settings.proxyPassword().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
    }
}
