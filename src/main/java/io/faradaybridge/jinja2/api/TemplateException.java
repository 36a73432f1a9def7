package io.faradaybridge.jinja2.api;

/** What is wrong with a template, or with the data it met. The message is for the template's author. */
public abstract sealed class TemplateException extends RuntimeException
        permits TemplateSyntaxException, TemplateRenderException, TemplateLimitException {

    private final int line;

    TemplateException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The template's line, counted from 1. */
    public int line() {
        return line;
    }
}
