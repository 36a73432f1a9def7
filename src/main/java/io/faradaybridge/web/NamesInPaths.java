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
 * Jira's administrators name issue types as they like, "Bug / Défaut" too. Where the API takes such a name in a path, an
 * encoded slash or percent sign is a part of it; everywhere else it stays what it mostly is, an attack.
 */
@Configuration(proxyBeanMethods = false)
class NamesInPaths {

    private static final Pattern NAMED =
            Pattern.compile("[^%]*/projects/[A-Za-z0-9_]{1,255}/issue-types/[^/]{1,2000}/fields");

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
