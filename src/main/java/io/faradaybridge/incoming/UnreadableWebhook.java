package io.faradaybridge.incoming;

import io.faradaybridge.activity.WebhookResult;

/** A webhook that says nothing we can use; its message tells the administrator of the rule what to change. */
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
