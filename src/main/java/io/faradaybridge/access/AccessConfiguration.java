package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.web.SessionTerms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Who may call the API: scripts by HTTP Basic with Faraday's accounts, browsers by a signed cookie. The process keeps
 * no sessions. The webhook has its own token, and health needs no sign-in. The permission for a call is declared at its
 * method.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    SecurityFilterChain api(
            HttpSecurity http, SignIn signIn, SessionCookies cookies, FaradayUsers users, SignInErrors errors)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.POST, "/_api/v3/integrations/jira/update-issues")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, SessionTerms.PATH)
                        .permitAll()
                        .requestMatchers(HttpMethod.DELETE, SessionTerms.PATH)
                        .permitAll()
                        .requestMatchers("/observe/**")
                        .permitAll()
                        .requestMatchers("/", "/jira-bridge", "/jira-bridge/**") // a page leads to its own sign-in
                        .permitAll()
                        .requestMatchers("/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // SessionFilter checks a CSRF token that is bound to the session; Basic needs none
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(errors))
                .addFilterAfter(new SessionFilter(cookies, users, signIn), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(errors).accessDeniedHandler(errors))
                .headers(Customizer.withDefaults())
                .build();
    }
}
