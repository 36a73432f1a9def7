package io.faradaybridge.tracing;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** While traces are off, nothing of them exists. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("bridge.tracing.enabled")
class TracingConfiguration {

    @Bean
    Traces traces(TracingSettings settings, @Value("${spring.application.version:development}") String version) {
        return new Traces(new SpanSender(settings.endpoint(), settings.credentials()), settings.sample(), version);
    }

    @Bean
    RouteSpans routeSpans(Traces traces) {
        return new RouteSpans(traces);
    }

    @Bean
    PublishSpans publishSpans(Traces traces) {
        return new PublishSpans(traces);
    }

    @Bean
    RequestSpans requestSpans(Traces traces) {
        return new RequestSpans(traces);
    }
}
