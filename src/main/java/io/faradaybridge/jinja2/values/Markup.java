package io.faradaybridge.jinja2.values;

/** A text that is safe HTML: what joins it is escaped first. */
public record Markup(String text) {

    @Override
    public String toString() {
        return text;
    }
}
