package io.faradaybridge.incoming;

/** A webhook that says nothing we can use; its message tells the administrator of the rule what to change. */
final class UnreadableWebhook extends RuntimeException {

    private final String field;

    UnreadableWebhook(String field, String problem) {
        super(problem, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }
}
