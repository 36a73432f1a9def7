package io.faradaybridge.web;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Installs the valves of the web server, in front of all filters and of Spring Boot's valve that reads X-Forwarded-*.
 */
@Component
class WebServerValves implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final AccessSettings settings;

    WebServerValves(AccessSettings settings) {
        this.settings = settings;
    }

    /** Spring Boot's valve has the order 0. */
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(WebServerProtocol.class.getName());
        tomcat.addEngineValves(new TrustedProxies(settings.trustedProxies()), new RestOfBody());
    }
}
