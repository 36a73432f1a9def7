package io.faradaybridge.jinja2.api;

/**
 * Makes a text harmless where the template is not for HTML. In an environment that has one, autoescape is on from the
 * beginning, {@code |escape} is this escaping, and {@code |safe} leaves a text as it is, as Jinja2 does for HTML.
 */
public interface Escaping {

    /** A text that becomes a part of another. */
    String escape(String text);

    /**
     * Writes a text where it stays.
     *
     * @param written what the template has written so far
     */
    default void print(String text, StringBuilder written) {
        written.append(escape(text));
    }

    /**
     * Writes what is harmless already.
     *
     * @param from where in what is written the text begins that this becomes a part of
     */
    default void append(String escaped, StringBuilder written, int from) {
        written.append(escaped);
    }
}
