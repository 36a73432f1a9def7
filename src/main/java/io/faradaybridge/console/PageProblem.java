package io.faradaybridge.console;

/** A call that a page needs was not answered with success. */
final class PageProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    PageProblem(Answer answer) {
        super(answer.problem());
        this.answer = answer;
    }

    int status() {
        return answer.status();
    }
}
