package io.faradaybridge.jira;

import java.io.IOException;

/** A call that ended without a whole answer, and whether Jira may have got the request. */
final class CallBroken extends IOException {

    private final boolean sent;

    CallBroken(String message, boolean sent, Exception cause) {
        super(message, cause);
        this.sent = sent;
    }

    boolean sent() {
        return sent;
    }
}
