package io.faradaybridge.connection;

import io.faradaybridge.BridgeSettings;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The address at which browsers reach the bridge: the configured one, or else that of the request being answered. */
@Component
class OwnAddress {

    private static final String CONSOLE = "/jira-bridge/connection";

    private final BridgeSettings settings;

    OwnAddress(BridgeSettings settings) {
        this.settings = settings;
    }

    /** Without a slash at its end. */
    String now() {
        String configured = settings.publicUrl();
        String address = configured.isEmpty()
                ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
                : configured;
        return address.replaceAll("/+$", "");
    }

    /** The console's page of the connection. */
    String console() {
        return now() + CONSOLE;
    }

    String consoleCallback() {
        return console() + "/callback";
    }
}
