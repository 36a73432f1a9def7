package io.faradaybridge;

import io.faradaybridge.secrets.SecretRotation;
import java.util.List;
import org.apache.camel.component.jms.springboot.JmsComponentAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Faraday-Jira bridge: one process, from the command line or in a container. */
// JmsComponentAutoConfiguration would set our jms component back to its defaults, which are not transacted: a message
// would then be acknowledged and lost if its route failed
@SpringBootApplication(exclude = {UserDetailsServiceAutoConfiguration.class, JmsComponentAutoConfiguration.class})
@ConfigurationPropertiesScan
public class BridgeApplication {

    /** With the argument {@value SecretRotation#COMMAND} it does only that. */
    public static void main(String[] args) {
        if (List.of(args).contains(SecretRotation.COMMAND)) {
            System.exit(SecretRotation.run(args));
        }
        StopLimit.install();
        SpringApplication.run(BridgeApplication.class, args);
    }
}
