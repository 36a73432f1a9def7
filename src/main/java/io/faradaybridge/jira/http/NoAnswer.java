package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraProblem;
import java.io.IOException;

/** A call that ended without a whole answer. It says whether Jira may have received the request. */
public final class NoAnswer extends IOException {

    private final boolean sent;
    private final JiraProblem problem;

    public NoAnswer(String message, boolean sent, JiraProblem problem, Exception cause) {
        super(message, cause);
        this.sent = sent;
        this.problem = problem;
    }

    public JiraProblem problem() {
        return problem;
    }

    public boolean sent() {
        return sent;
    }
}
