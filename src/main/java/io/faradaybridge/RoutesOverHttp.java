package io.faradaybridge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Routes that begin with {@code platform-http} run in the thread of their request. Camel's own engine hands each request
 * to one of eight other threads; the answer then takes the request through all filters once more.
 */
@Configuration(proxyBeanMethods = false)
class RoutesOverHttp {

    @Bean("platform-http-engine")
    PlatformHttpEngine inTheThreadOfTheRequest(@Value("${server.port}") int port) {
        return new SpringBootPlatformHttpEngine(port) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
                return new Consumer(endpoint, route);
            }
        };
    }

    private static final class Consumer extends SpringBootPlatformHttpConsumer {

        Consumer(PlatformHttpEndpoint endpoint, Processor route) {
            super(endpoint, route, Runnable::run);
        }

        /** @return null, with which Spring MVC knows that the answer is complete */
        @Override
        public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            super.service(request, response).join();
            return null;
        }
    }
}
