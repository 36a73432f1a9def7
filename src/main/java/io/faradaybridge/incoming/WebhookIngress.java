package io.faradaybridge.incoming;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.WebhookResult;
import io.faradaybridge.activity.WebhookResults;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.ProjectWebhooks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores the hint of a webhook before it is answered. All further work begins later, from the row. */
@Component
class WebhookIngress {

    private static final String NOT_PERMITTED = "the user of the webhook's token may not change vulnerabilities in"
            + " that workspace: the webhook is ignored, and the sweep will find the change; give the rule a token of"
            + " a user who may change them";

    private final WebhookTokenLimit tokenLimit;
    private final WebhookDeadline deadline;
    private final WebhookResults results;
    private final Hints hints;
    private final ProjectWebhooks webhooks;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;
    private final Counter unlinked;

    WebhookIngress(
            WebhookTokenLimit tokenLimit,
            WebhookDeadline deadline,
            WebhookResults results,
            Hints hints,
            ProjectWebhooks webhooks,
            IntegrationConfigurationSource configuration,
            Activity activity,
            MeterRegistry metrics) {
        this.tokenLimit = tokenLimit;
        this.deadline = deadline;
        this.results = results;
        this.hints = hints;
        this.webhooks = webhooks;
        this.configuration = configuration;
        this.activity = activity;
        this.unlinked = Counter.builder("bridge.webhook.unlinked")
                .description("Webhooks for issues that are not linked")
                .register(metrics);
    }

    /**
     * The event that the caller gets, and the hint that is handed over at once.
     *
     * @param event the correlation id of everything that follows
     * @param hint null if there is no link to look at
     */
    record Accepted(String event, @Nullable LinkHint hint) {}

    Accepted accept(
            @Body byte @Nullable [] body,
            @ExchangeProperty(IncomingRoutes.TOKEN) String token,
            @ExchangeProperty(IncomingRoutes.CLIENT) String client) {
        Webhook webhook;
        try {
            webhook = Webhook.read(body == null ? new byte[0] : body);
        } catch (UnreadableWebhook unreadable) {
            tokenLimit.unusableBody(client);
            results.refused(unreadable.result(), unreadable.text());
            throw unreadable;
        }
        String event = UUID.randomUUID().toString();
        try {
            Accepted accepted = deadline.of(() -> store(webhook, token, event));
            if (accepted.hint() == null) {
                tokenLimit.costNothing(token);
            }
            return accepted;
        } catch (TokenRefused refused) {
            tokenLimit.noLongerValid(token, client);
            results.refused(WebhookResult.WRONG_TOKEN, TokenRefused.detail());
            throw refused;
        } catch (IllegalStateException notStored) {
            results.count(WebhookResult.NOT_STORED);
            throw notStored;
        }
    }

    private Accepted store(Webhook webhook, String token, String event) {
        Hints.Noted noted = note(webhook, token, event).orElseThrow(TokenRefused::new);
        IntegrationSettings settings = configuration.current();
        if (noted.linkId() == null && !webhook.issueKey().isEmpty()) {
            if (settings.atWork(Webhook.projectOf(webhook.issueKey())).isPresent()) {
                hints.keepForUnlinked(webhook.issueKey(), webhook.status(), noted.userId());
                noted = note(webhook, token, event)
                        .orElse(noted); // a link that was saved meanwhile does not have this hint yet
            }
        }
        Long linkId = noted.linkId();
        results.count(linkId == null || noted.permitted() ? WebhookResult.ACCEPTED : WebhookResult.NOT_PERMITTED);
        if (linkId == null) {
            unlinked.increment();
            return new Accepted(event, null);
        }
        String issueKey = webhook.issueKey().isEmpty() ? String.valueOf(noted.issueKey()) : webhook.issueKey();
        Optional<String> ignored = noted.permitted()
                ? settings.restReason(Webhook.projectOf(issueKey))
                        .map(paused -> paused + "; the bridge will look at the change when that ends")
                : Optional.of(NOT_PERMITTED);
        if (ignored.isPresent()) {
            activity.record(Outcome.IGNORED, event, noted.vulnerabilityId(), issueKey, ignored.get(), noted.userId());
            return new Accepted(event, null);
        }
        webhooks.accepted(Webhook.projectOf(issueKey));
        return new Accepted(event, noted.counted() ? new LinkHint(linkId, event) : null);
    }

    private Optional<Hints.Noted> note(Webhook webhook, String token, String event) {
        return hints.fromWebhook(token, webhook.issueId(), webhook.issueKey(), webhook.status(), event);
    }
}
