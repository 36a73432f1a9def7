package io.faradaybridge.jira;

import java.io.IOException;

/** A call that ended without a whole answer, and whether Jira may have got the request. */
final class NoAnswer extends IOException {

    private final boolean sent;
    private final JiraProblem problem;

    NoAnswer(String message, boolean sent, JiraProblem problem, Exception cause) {
        super(message, cause);
        this.sent = sent;
        this.problem = problem;
    }

    JiraProblem problem() {
        return problem;
    }

    boolean sent() {
        return sent;
    }
}
