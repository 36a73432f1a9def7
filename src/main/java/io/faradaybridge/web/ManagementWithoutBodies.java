package io.faradaybridge.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * The port of health and metrics: nothing there takes a body, so none is waited for, and probes are answered. Named in
 * META-INF/spring and no {@code @Configuration}, which would count for the API's port too.
 */
class ManagementWithoutBodies {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noBodies() {
        return tomcat -> tomcat.addEngineValves(new NoBodies());
    }

    private static final class NoBodies extends ValveBase {

        NoBodies() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (!RequestBodies.announced(request)) {
                getNext().invoke(request, response);
                return;
            }
            ErrorAnswers.write(response, 400, "nothing here takes a body");
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            response.setErrorReported();
        }
    }
}
