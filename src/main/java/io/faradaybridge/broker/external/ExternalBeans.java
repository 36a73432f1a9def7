package io.faradaybridge.broker.external;

import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.NoBrokerUrl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What is there only beside an external broker. */
@Configuration(proxyBeanMethods = false)
class ExternalBeans {

    @Bean(destroyMethod = "stop")
    @Conditional(NoBrokerUrl.Given.class)
    ExternalQueues outsideQueues(BrokerSettings settings, EventSettings events) {
        return new ExternalQueues(settings, events);
    }
}
