package io.faradaybridge.incoming;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.WebhookResult;
import io.faradaybridge.activity.WebhookResults;
import io.faradaybridge.configuration.CommentCopying;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.incoming.Webhook.Comment;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.ProjectWebhooks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Stores the hint of a webhook before it is answered. All further work begins later, from the row. */
@Component
class WebhookIngress {

    private static final String NOT_PERMITTED = "the user of the webhook's token may not change vulnerabilities in"
            + " that workspace: the webhook is ignored, and the sweep will find the change; give the rule a token of"
            + " a user who may change them";

    private static final String WRONG_SIGNATURE =
            "X-Hub-Signature is not right, or no secret is set; store the secret of"
                    + " Jira's webhook with PUT webhook-secret";

    private final WebhookTokenLimit tokenLimit;
    private final WebhookSecret secret;
    private final WebhookDeadline deadline;
    private final WebhookResults results;
    private final Hints hints;
    private final ProjectWebhooks webhooks;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;
    private final ApplicationEventPublisher events;
    private final Counter unlinked;

    WebhookIngress(
            WebhookTokenLimit tokenLimit,
            WebhookSecret secret,
            WebhookDeadline deadline,
            WebhookResults results,
            Hints hints,
            ProjectWebhooks webhooks,
            IntegrationConfigurationSource configuration,
            Activity activity,
            ApplicationEventPublisher events,
            MeterRegistry metrics) {
        this.tokenLimit = tokenLimit;
        this.secret = secret;
        this.deadline = deadline;
        this.results = results;
        this.hints = hints;
        this.webhooks = webhooks;
        this.configuration = configuration;
        this.activity = activity;
        this.events = events;
        this.unlinked = Counter.builder("bridge.webhook.unlinked")
                .description("Webhooks for issues that are not linked")
                .register(metrics);
    }

    /**
     * The event that the caller gets, and the hint that is handed over at once.
     *
     * @param event the correlation id of everything that follows
     * @param hint null if there is no link to look at
     * @param costs whether it makes the bridge ask Jira
     */
    record Accepted(String event, @Nullable LinkHint hint, boolean costs) {

        static Accepted ignored(String event) {
            return new Accepted(event, null, false);
        }
    }

    Accepted accept(
            @Body byte @Nullable [] body,
            @ExchangeProperty(IncomingRoutes.TOKEN) @Nullable String token,
            @ExchangeProperty(IncomingRoutes.SIGNATURE) @Nullable String signature,
            @ExchangeProperty(IncomingRoutes.CLIENT) String client,
            @ExchangeProperty(IncomingRoutes.EVENT) String event) {
        byte[] received = body == null ? new byte[0] : body;
        WebhookCaller caller = caller(received, token, signature, client);
        String limited = token == null ? WebhookTokenLimit.SIGNED : token;
        Webhook webhook;
        try {
            webhook = Webhook.read(received, copiesComments());
        } catch (UnreadableWebhook unreadable) {
            tokenLimit.unusableBody(client);
            results.refused(unreadable.result(), unreadable.text());
            throw unreadable;
        }
        try {
            Accepted accepted = deadline.of(() -> store(webhook, caller, event));
            if (!accepted.costs()) {
                tokenLimit.costNothing(limited);
            }
            return accepted;
        } catch (TokenRefused refused) {
            tokenLimit.noLongerValid(limited, client);
            results.refused(WebhookResult.WRONG_TOKEN, TokenRefused.detail());
            throw refused;
        } catch (IllegalStateException notStored) {
            results.count(WebhookResult.NOT_STORED);
            throw notStored;
        }
    }

    /** The signature is checked before anything of the body is read. A token decides who the caller is. */
    private WebhookCaller caller(byte[] body, @Nullable String token, @Nullable String signature, String client) {
        Optional<WebhookSecret.Check> check;
        try {
            check = signature == null ? Optional.empty() : deadline.of(() -> secret.check(body, signature));
        } catch (IllegalStateException notChecked) {
            results.count(WebhookResult.NOT_STORED);
            throw notChecked;
        }
        if (check.isPresent() && check.get().right()) {
            tokenLimit.rightSignature(client);
            return token == null ? check.get().caller() : WebhookCaller.ofToken(token);
        }
        if (check.isEmpty() && token != null) {
            return WebhookCaller.ofToken(token); // without a secret a signature means nothing
        }
        tokenLimit.wrongSignature(client);
        results.refused(WebhookResult.WRONG_TOKEN, WRONG_SIGNATURE);
        throw new TokenRefused();
    }

    private Accepted store(Webhook webhook, WebhookCaller caller, String event) {
        Hints.Noted noted = note(webhook, caller, event).orElseThrow(TokenRefused::new);
        IntegrationSettings settings = configuration.current();
        if (noted.linkId() == null && !webhook.issueKey().isEmpty() && !webhook.withoutStatus()) {
            if (settings.atWork(Webhook.projectOf(webhook.issueKey())).isPresent()) {
                hints.keepForUnlinked(webhook.issueKey(), webhook.status(), noted.userId());
                noted = note(webhook, caller, event)
                        .orElse(noted); // a link that was saved meanwhile does not have this hint yet
            }
        }
        Long linkId = noted.linkId();
        results.count(linkId == null || noted.permitted() ? WebhookResult.ACCEPTED : WebhookResult.NOT_PERMITTED);
        if (linkId == null) {
            unlinked.increment();
            return Accepted.ignored(event);
        }
        String issueKey = String.valueOf(noted.issueKey()); // the webhook of a moved issue has its new key
        Optional<String> ignored = noted.permitted()
                ? settings.restReason(Webhook.projectOf(issueKey))
                        .map(paused -> paused + "; the bridge will look at the change when that ends")
                : Optional.of(NOT_PERMITTED);
        if (ignored.isPresent()) {
            activity.record(Outcome.IGNORED, event, noted.vulnerabilityId(), issueKey, ignored.get(), noted.userId());
            return Accepted.ignored(event);
        }
        if (webhook.comment() != Comment.ONLY
                && !noted.told()) { // says nothing about whether changes of the status are announced (L12)
            webhooks.accepted(Webhook.projectOf(issueKey));
        }
        boolean readsComments = webhook.comment() != Comment.NONE && copiesComments(issueKey);
        if (readsComments) {
            events.publishEvent(new Hints.IssueNamed(linkId));
        }
        return new Accepted(
                event, noted.counted() ? new LinkHint(linkId, event) : null, noted.counted() || readsComments);
    }

    private boolean copiesComments() {
        return configuration.current().commentCopying().values().stream().anyMatch(CommentCopying::toFaraday);
    }

    private boolean copiesComments(String issueKey) {
        return configuration
                .current()
                .project(Webhook.projectOf(issueKey))
                .filter(project -> project.comments().toFaraday())
                .isPresent();
    }

    private Optional<Hints.Noted> note(Webhook webhook, WebhookCaller caller, String event) {
        JiraStatus status =
                webhook.comment() == Comment.ONLY ? null : new JiraStatus(webhook.statusId(), webhook.status());
        return hints.fromWebhook(caller, webhook.issueId(), webhook.issueKey(), status, event);
    }
}
