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
 * Refuses bodies at the port of health and metrics, where no call takes one, so that probes are always answered. It is
 * named in META-INF/spring and is no {@code @Configuration}, which would also apply to the API's port.
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
            ErrorAnswers.write(response, 400, "no call at this port takes a body");
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            response.setErrorReported();
        }
    }
}
