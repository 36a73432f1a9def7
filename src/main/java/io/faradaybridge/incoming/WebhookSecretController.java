package io.faradaybridge.incoming;

import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API's secret for webhooks that Jira signs itself. No answer shows it. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/webhook-secret")
class WebhookSecretController {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 500;
    private static final String AUDITED = "webhook_secret";
    private static final TextNode HIDDEN = TextNode.valueOf("***");

    private final WebhookSecret secret;
    private final SetupAudit audit;
    private final TransactionOperations transaction;

    WebhookSecretController(WebhookSecret secret, SetupAudit audit, TransactionOperations transaction) {
        this.secret = secret;
        this.audit = audit;
        this.transaction = transaction;
    }

    record SecretView(boolean set) {}

    record SecretRequest(
            @Schema(description = "16 to 500 characters, as in the settings of Jira's webhook") @Nullable
            String secret) {

        SecretRequest {
            if (secret == null
                    || secret.length() < SHORTEST
                    || secret.length() > LONGEST
                    || secret.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidRequest(
                        "secret",
                        "must have " + SHORTEST + " to " + LONGEST
                                + " printable characters, the same as in the settings of Jira's webhook");
            }
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    @GetMapping
    @Operation(summary = "Show whether a secret for signed webhooks is set")
    @PreAuthorize("hasAuthority('integrations_auth:read')")
    SecretView show() {
        return new SecretView(secret.isSet());
    }

    /** Signed webhooks count in the name of the caller from now on. */
    @PutMapping
    @Operation(summary = "Store the secret with which Jira signs its webhooks")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    SecretView store(@RequestBody SecretRequest request, FaradayUser by) {
        transaction.executeWithoutResult(status -> {
            TextNode before = secret.isSet() ? HIDDEN : null;
            secret.store(by.id(), String.valueOf(request.secret()));
            audit.record(by.id(), by.username(), AUDITED, before, HIDDEN);
        });
        return new SecretView(true);
    }

    @DeleteMapping
    @Operation(summary = "Remove the secret; signed webhooks are refused then")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(FaradayUser by) {
        transaction.executeWithoutResult(status -> {
            if (secret.isSet()) {
                secret.remove();
                audit.record(by.id(), by.username(), AUDITED, HIDDEN, null);
            }
        });
    }
}
