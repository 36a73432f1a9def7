package io.faradaybridge.jinja2.api;

/** The rendering was ended because it would have used more than its {@link Limits}. */
public final class TemplateLimitException extends TemplateException {

    public TemplateLimitException(int line, String reason) {
        super(line, "line " + line + ": " + reason);
    }
}
