package io.faradaybridge.connection;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The one Jira that the environment's credentials are for. Faraday's row may be changed by whoever administers Faraday, and
 * must not carry the operator's token to another host.
 *
 * @param url as in the connection's address; empty: the environment's credentials are sent nowhere
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

    /** In the form in which addresses are compared. */
    Optional<URI> address() {
        return url.isBlank() ? Optional.empty() : Optional.of(JiraAddress.parse(url));
    }
}
