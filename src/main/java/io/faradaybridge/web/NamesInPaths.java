package io.faradaybridge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Allows an encoded slash or percent sign in paths with the name of an issue type or field, since Jira's administrators
 * may choose names such as "Bug / Défaut", and Jira itself "Component/s". In all other paths they are refused, because they are usually attacks.
 */
@Configuration(proxyBeanMethods = false)
class NamesInPaths {

    private static final Pattern NAMED = Pattern.compile(
            "[^%]*/projects/[A-Za-z0-9_]{1,255}/issue-types/[^/]{1,2000}/fields(/[^/]{1,2000}/values)?");

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return tomcat -> tomcat.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall lenient = new StrictHttpFirewall();
        lenient.setAllowUrlEncodedSlash(true);
        lenient.setAllowUrlEncodedPercent(true);
        return new StrictHttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return NAMED.matcher(request.getRequestURI()).matches()
                        ? lenient.getFirewalledRequest(request)
                        : super.getFirewalledRequest(request);
            }
        };
    }
}
