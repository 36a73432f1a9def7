package io.faradaybridge.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may call the API: HTTP Basic with Faraday's accounts, without a session. The webhook has a token of its own; health is
 * for probes. Permissions stand at each call.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class AccessConfiguration {

    /** {@code faraday_user.password} is plain bcrypt, so Spring's encoder checks it as it is. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    SecurityFilterChain api(HttpSecurity http, ObjectMapper json) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.POST, "/_api/v3/integrations/jira/update-issues")
                        .permitAll()
                        .requestMatchers("/observe/**")
                        .permitAll()
                        .requestMatchers("/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing here acts on a cookie, so there is nothing to forge across sites.
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, failure) -> {
                    if (failure instanceof AuthenticationServiceException) { // nobody could look the user up
                        response.setHeader("Retry-After", "10");
                        write(response, json, 503, "the database does not answer; try again in a moment");
                        return;
                    }
                    response.setHeader("WWW-Authenticate", "Basic realm=\"Faraday\"");
                    write(response, json, 401, "sign in with the name and password of an active Faraday user");
                }))
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, denied) ->
                        write(response, json, 403, "your Faraday role does not allow this")))
                .headers(Customizer.withDefaults())
                .build();
    }

    private static void write(HttpServletResponse response, ObjectMapper json, int status, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getWriter(), Map.of("message", message));
    }
}
