package io.faradaybridge.connection;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The Jira that the environment's credentials are for. Administrators of Faraday may change the address in its row, and
 * that must not send the operator's token to another host.
 *
 * @param url in the form of the connection's address; if empty, the environment's credentials are never sent
 */
@Validated
@ConfigurationProperties("bridge.jira")
record EnvironmentSite(@NotNull String url) {

    EnvironmentSite {
        if (!url.isBlank()) {
            try {
                JiraAddress.parse(url);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("bridge.jira.url " + e.getMessage(), e);
            }
        }
    }

    /** The address in the form in which addresses are compared. */
    Optional<URI> address() {
        return url.isBlank() ? Optional.empty() : Optional.of(JiraAddress.parse(url));
    }
}
