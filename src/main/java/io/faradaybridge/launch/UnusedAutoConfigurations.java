package io.faradaybridge.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * What Spring Boot and Camel would set up because a library is there that the bridge has for another purpose. Each is read,
 * weighed and often made at every start. Named in {@code META-INF/spring.factories}.
 */
final class UnusedAutoConfigurations implements AutoConfigurationImportFilter {

    private static final String BOOT = "org.springframework.boot.autoconfigure.";
    private static final String ACTUATOR = "org.springframework.boot.actuate.autoconfigure.";
    private static final String CAMEL = "org.apache.camel.spring.boot.";

    /** Beginnings of their names. */
    private static final List<String> UNUSED = List.of(
            // the bridge makes its own connections to the broker, and Camel listens
            BOOT + "jms.",
            ACTUATOR + "jms.",
            // transactions begin in code, and no bean has a proxy; migrations are the bridge's own work
            BOOT + "aop.",
            BOOT + "transaction.TransactionAutoConfiguration",
            BOOT + "transaction.jta.",
            BOOT + "dao.",
            BOOT + "sql.",
            // Jira is called through camel-http
            BOOT + "http.client.",
            BOOT + "web.client.",
            ACTUATOR + "observation.web.client.",
            BOOT + "netty.",
            BOOT + "websocket.",
            BOOT + "cache.",
            ACTUATOR + "metrics.cache.",
            // Camel's timers are the clock
            BOOT + "task.TaskSchedulingAutoConfiguration",
            ACTUATOR + "scheduling.",
            // no certificates of Spring's
            ACTUATOR + "ssl.",
            CAMEL + "vault.",
            CAMEL + "cloud.");

    @Override
    public boolean[] match(String[] configurations, AutoConfigurationMetadata metadata) {
        boolean[] used = new boolean[configurations.length];
        for (int i = 0; i < used.length; i++) {
            used[i] = isUsed(configurations[i]);
        }
        return used;
    }

    private static boolean isUsed(@Nullable String configuration) {
        return configuration == null || UNUSED.stream().noneMatch(configuration::startsWith);
    }
}
