package io.faradaybridge.export;

/** A request to export that cannot be taken up at all; its message says which part of it and what to do. */
final class ExportRefused extends RuntimeException {

    private final String field;

    ExportRefused(String field, String problem) {
        super(problem, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }
}
