package io.faradaybridge.incoming;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.ProjectWebhooks;
import io.faradaybridge.project.IntegrationConfigurationSource;
import io.faradaybridge.project.IntegrationSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores a webhook's hint before it is answered. What the hint leads to happens later and from the row. */
@Component
class WebhookIngress {

    /** A webhook is answered in time or not at all: Jira's rule does not wait, and the sweep finds what is refused here. */
    private static final long STORE_SECONDS = 5;

    private static final String NOT_PERMITTED = "the user of the webhook's token may not change vulnerabilities in"
            + " that workspace: the webhook counts for nothing, the sweep looks for the change; give the rule a token of a"
            + " user who may";

    private final TokenDoor door;
    private final Hints hints;
    private final ProjectWebhooks webhooks;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;
    private final Counter unlinked;
    private final ExecutorService storing = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "webhook-store");
        thread.setDaemon(true);
        return thread;
    });

    WebhookIngress(
            TokenDoor door,
            Hints hints,
            ProjectWebhooks webhooks,
            IntegrationConfigurationSource configuration,
            Activity activity,
            MeterRegistry metrics) {
        this.door = door;
        this.hints = hints;
        this.webhooks = webhooks;
        this.configuration = configuration;
        this.activity = activity;
        this.unlinked = Counter.builder("bridge.webhook.unlinked")
                .description("Webhooks for issues that are not linked")
                .register(metrics);
    }

    /**
     * What the caller gets, and what goes on at once.
     *
     * @param event the correlation id of everything that follows
     * @param hint null: nothing to look at
     */
    record Accepted(String event, @Nullable LinkHint hint) {}

    Accepted accept(
            @Body byte @Nullable [] body,
            @ExchangeProperty(IncomingRoutes.TOKEN) @Nullable String token,
            @ExchangeProperty(IncomingRoutes.CLIENT) String client) {
        if (token == null || token.isBlank() || token.length() > 1000 || token.indexOf('\0') >= 0) {
            throw new TokenRefused();
        }
        door.enter(token, client);
        Webhook webhook = Webhook.read(body == null ? new byte[0] : body);
        String event = UUID.randomUUID().toString();
        Future<Accepted> stored = storing.submit(() -> store(webhook, token, event));
        try {
            Accepted accepted = stored.get(STORE_SECONDS, TimeUnit.SECONDS);
            door.wasRight(token);
            return accepted;
        } catch (TimeoutException e) {
            stored.cancel(true);
            throw new IllegalStateException("the database did not store the hint within " + STORE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process is stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenRefused refused) {
                door.wasWrong(token, client);
                throw refused;
            }
            throw new IllegalStateException("the database could not store the hint", e.getCause());
        }
    }

    private Accepted store(Webhook webhook, String token, String event) {
        Hints.Noted noted = note(webhook, token, event).orElseThrow(TokenRefused::new);
        IntegrationSettings settings = configuration.current();
        if (noted.linkId() == null) {
            if (settings.atWork(webhook.projectKey()).isPresent()) {
                hints.keepForUnlinked(webhook.issueKey(), webhook.status(), noted.userId());
                noted = note(webhook, token, event).orElse(noted); // a link saved meanwhile has not seen it
            }
        }
        Long linkId = noted.linkId();
        if (linkId == null) {
            unlinked.increment();
            return new Accepted(event, null);
        }
        Optional<String> ignored = noted.permitted()
                ? settings.restReason(webhook.projectKey())
                        .map(resting -> resting + "; the change is looked at when that ends")
                : Optional.of(NOT_PERMITTED);
        if (ignored.isPresent()) {
            activity.record(
                    Outcome.IGNORED, event, noted.vulnerabilityId(), webhook.issueKey(), ignored.get(), noted.userId());
            return new Accepted(event, null);
        }
        webhooks.accepted(webhook.projectKey());
        return new Accepted(event, noted.counted() ? new LinkHint(linkId, event) : null);
    }

    private Optional<Hints.Noted> note(Webhook webhook, String token, String event) {
        return hints.fromWebhook(token, webhook.issueId(), webhook.issueKey(), webhook.status(), event);
    }
}
