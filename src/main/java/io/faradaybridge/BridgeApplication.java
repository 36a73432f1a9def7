package io.faradaybridge;

import io.faradaybridge.launch.DefaultOptions;
import io.faradaybridge.launch.IndexedClassLoader;
import io.faradaybridge.launch.MemoryReturn;
import io.faradaybridge.secrets.SecretRotation;
import java.util.List;
import org.apache.camel.component.jms.springboot.JmsComponentAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Faraday-Jira bridge: one process, from the command line or in a container. */
// JmsComponentAutoConfiguration would set our jms component back to its defaults, which are not transacted: a message
// would then be acknowledged and lost if its route failed. OpenTelemetry's two would start a thread for logs that
// nobody gets
@SpringBootApplication(
        exclude = {
            UserDetailsServiceAutoConfiguration.class,
            JmsComponentAutoConfiguration.class,
            OpenTelemetryAutoConfiguration.class,
            OpenTelemetryLoggingAutoConfiguration.class
        })
@ConfigurationPropertiesScan
public class BridgeApplication {

    private static final int NOT_UNDERSTOOD = 2;

    /** With the argument {@value SecretRotation#COMMAND} or {@value CheckRoutes#COMMAND} it does only that. */
    public static void main(String[] args) {
        if (!isUnderstood(args)) {
            System.err.println("Usage: java -jar faraday-jira-bridge.jar [--setting=value ..], or with the command "
                    + CheckRoutes.COMMAND + " DIR, or " + SecretRotation.COMMAND + "; not understood: "
                    + String.join(" ", args).replaceAll("=\\S*", "=..")); // a value may be a password
            System.exit(NOT_UNDERSTOOD);
        }
        if (!IndexedClassLoader.hasLoaded(BridgeApplication.class)) {
            DefaultOptions.apply();
        }
        if (IndexedClassLoader.runs(BridgeApplication.class, args)) {
            return;
        }
        if (List.of(args).contains(SecretRotation.COMMAND)) {
            System.exit(SecretRotation.run(args));
        }
        if (List.of(args).contains(CheckRoutes.COMMAND)) {
            System.exit(CheckRoutes.run(args));
        }
        MemoryReturn.install();
        StopLimit.install(SpringApplication.run(BridgeApplication.class, args).getBean(StopSettings.class));
    }

    /** A mistyped command would start the bridge, and a setting without dashes would not count. */
    static boolean isUnderstood(String... arguments) {
        List<String> all = List.of(arguments);
        return all.contains(SecretRotation.COMMAND)
                || all.contains(CheckRoutes.COMMAND)
                || all.stream().allMatch(argument -> argument.isEmpty() || argument.startsWith("--"));
    }
}
