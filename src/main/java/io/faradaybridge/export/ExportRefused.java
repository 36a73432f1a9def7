package io.faradaybridge.export;

import io.faradaybridge.api.Refusal;

/** A request to export that cannot be taken up at all; its message says which part of it and what to do. */
final class ExportRefused extends Refusal {

    private final String field;
    private final String problem;

    ExportRefused(String field, String problem) {
        super(field, problem);
        this.field = field;
        this.problem = problem;
    }

    String field() {
        return field;
    }

    /** The problem alone, as a dead letter tells it. */
    @Override
    public String getMessage() {
        return problem;
    }
}
