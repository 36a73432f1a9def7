package io.faradaybridge.connection;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Atlassian's gateway, the only address that takes tokens with scopes. Atlassian Government Cloud has another one.
 *
 * @param gatewayUrl without trailing slash
 */
@Validated
@ConfigurationProperties("bridge.jira")
record CloudGateway(
        @NotNull @Pattern(regexp = "https?://[^/@\\s?#]+", message = "must be https://host, without anything behind it")
        String gatewayUrl) {

    /** Where the API of a Cloud site is. */
    URI of(String cloudId) {
        return URI.create(gatewayUrl + "/ex/jira/" + cloudId);
    }
}
