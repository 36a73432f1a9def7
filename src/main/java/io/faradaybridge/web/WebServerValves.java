package io.faradaybridge.web;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** What only the web server itself can do, in front of all filters and of Spring Boot's valve that reads X-Forwarded-*. */
@Component
class WebServerValves implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final AccessSettings settings;

    WebServerValves(AccessSettings settings) {
        this.settings = settings;
    }

    /** Spring Boot's is at 0. */
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
