package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.http.JiraHttpConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The package as Spring puts it together, with the settings that are shipped. */
class JiraSettingsTest {

    private static final WireJira JIRA = new WireJira();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(
                    CamelAutoConfiguration.class, JacksonAutoConfiguration.class, ValidationAutoConfiguration.class))
            .withUserConfiguration(Parts.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(JiraSettings.class)
    @Import({
        JiraHttpConfiguration.class,
        JiraAvailability.class,
        CallMetrics.class,
        CallTimes.class,
        JiraCall.class,
        JiraRoutes.class,
        JiraRequests.class,
        JiraClient.class,
        Transitions.class
    })
    static class Parts {
        /** No other replica was told of a limit. */
        @Bean
        SharedLimit limits() {
            return mock(SharedLimit.class);
        }

        @Bean
        MeterRegistry metrics() {
            return new SimpleMeterRegistry();
        }

        @Bean
        JiraAccount account() {
            return () -> new JiraSite(JIRA.url("/jira"), new JiraCredentials.PersonalAccessToken("t"));
        }
    }

    @Test
    void ships_limits_that_the_leases_count_on() {
        context.run(started -> assertThat(started.getBean(JiraSettings.class))
                .isEqualTo(new JiraSettings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(8),
                        20,
                        List.of(),
                        "",
                        "",
                        "",
                        "")));
    }

    @Test
    void reaches_jira_with_what_is_shipped() {
        JIRA.behave(WireJira.json(200, "{\"name\":\"bridge\",\"displayName\":\"Bridge\"}"));

        context.withPropertyValues("bridge.jira.allowed-networks=127.0.0.0/8,::1/128")
                .run(started -> assertThat(
                                started.getBean(JiraClient.class).myself().displayName())
                        .isEqualTo("Bridge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.jira.create-timeout=61s",
                "bridge.jira.read-timeout=0s",
                "bridge.jira.read-timeout=31s",
                "bridge.jira.connect-timeout=10m",
                "bridge.jira.max-connections=0",
                "bridge.jira.max-connections=many"
            })
    void refuses_to_start_with_limits_that_cannot_hold(String setting) {
        context.withPropertyValues(setting).run(started -> assertThat(started)
                .getFailure()
                .rootCause()
                .hasMessageMatching("(?s).*(validation errors on bridge\\.jira|\"many\").*"));
    }
}
