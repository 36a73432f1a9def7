package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.web.ApiTerms;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Who may call the API: scripts by HTTP Basic with Faraday's accounts, browsers by a signed cookie. The process keeps
 * no sessions. The webhook has its own token, and health needs no sign-in. The permission for a call is declared at its
 * method.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Paths are compared as they are, and no controller is looked for. */
    @Bean
    PathPatternRequestMatcherBuilderFactoryBean paths() {
        return new PathPatternRequestMatcherBuilderFactoryBean();
    }

    /** With this, Spring Security would look each time which controller a request is for. */
    @Bean
    static BeanDefinitionRegistryPostProcessor withoutLookingForControllers() {
        return new WithoutIntrospector();
    }

    /** A span and a timer for each filter of each request: most of what the filters cost, and nobody is shown them. */
    @Bean
    SecurityObservationSettings withoutObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** The webhook knows its callers by token or signature; nothing of a user is read for it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain webhook(HttpSecurity http) throws Exception {
        return http.securityMatchers(requests -> requests.requestMatchers(HttpMethod.POST, ApiTerms.WEBHOOK_PATH))
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable)
                .headers(Customizer.withDefaults())
                .build();
    }

    @Bean
    SecurityFilterChain api(
            HttpSecurity http, SignIn signIn, SessionCookies cookies, FaradayUsers users, SignInErrors errors)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, ApiTerms.SESSION_PATH)
                        .permitAll()
                        .requestMatchers(HttpMethod.DELETE, ApiTerms.SESSION_PATH)
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

    /** Before Spring Security's own, which has no order. */
    private static final class WithoutIntrospector implements BeanDefinitionRegistryPostProcessor, Ordered {

        private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            if (registry.containsBeanDefinition(INTROSPECTOR)) {
                registry.removeBeanDefinition(INTROSPECTOR);
            }
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }
}
