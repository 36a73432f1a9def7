package io.faradaybridge.template.jinja;

/**
 * Makes a text harmless where the template is not for HTML. In an environment that has one, autoescape is on from the
 * beginning, {@code |escape} is this escaping, and {@code |safe} leaves a text as it is, as Jinja2 does for HTML.
 */
public interface Escaping {

    /** A text that becomes a part of another. */
    String escape(String text);

    /**
     * A text that is printed where it stays.
     *
     * @param before what the template has written so far
     */
    default String escape(String text, CharSequence before) {
        return escape(text);
    }
}
