package io.faradaybridge.jinja2.api;

/** The text is not a template: found by {@code JinjaTemplate.parse}, before anything is rendered. */
public final class TemplateSyntaxException extends TemplateException {

    private final int column;
    private final String reason;

    public TemplateSyntaxException(int line, int column, String reason) {
        super(line, "line " + line + ", column " + column + ": " + reason);
        this.column = column;
        this.reason = reason;
    }

    /** The character in the line, counted from 1. */
    public int column() {
        return column;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }
}
