package io.faradaybridge.incoming;

import io.faradaybridge.activity.WebhookResult;

/** A webhook without usable content. Its message says what the administrator of the Automation rule must change. */
final class UnreadableWebhook extends RuntimeException {

    private final String field;
    private final transient WebhookResult result;

    UnreadableWebhook(WebhookResult result, String field, String problem) {
        super(problem, null, false, false);
        this.result = result;
        this.field = field;
    }

    String field() {
        return field;
    }

    WebhookResult result() {
        return result;
    }
}
