package io.faradaybridge.incoming;

import io.faradaybridge.activity.WebhookResult;
import io.faradaybridge.web.InvalidRequest;

/** A webhook without usable content. Its message says what the administrator of the Automation rule must change. */
final class UnreadableWebhook extends InvalidRequest {

    private final transient WebhookResult result;

    UnreadableWebhook(WebhookResult result, String field, String problem) {
        super(field, problem);
        this.result = result;
    }

    WebhookResult result() {
        return result;
    }
}
