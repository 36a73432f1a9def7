package io.faradaybridge.jinja2;

import org.jspecify.annotations.Nullable;

/** Counts what one rendering uses, before it is used. */
final class Budget {

    /** Boxes, iterators and arguments of a step. */
    private static final int BYTES_A_STEP = 24;

    private static final int BYTES_AN_ELEMENT = 16;

    /** What a filter makes on its way, such as matchers and parts of texts, beside the text that it gives. */
    private static final int BYTES_A_FILTER = 768;

    /** How many characters one may become, as an entity; the escaping tells only afterwards. */
    private static final int LONGEST_ESCAPE = 6;

    /** A single text or list of more than this has the clock read. */
    private static final int LARGE = 4096;

    private final Limits limits;
    private final @Nullable Escaping escaping;
    private final TimeLimit time;
    private long steps;
    private long bytes;
    private int depth;

    Budget(Limits limits) {
        this(limits, null);
    }

    /** @param escaping in place of HTML's; null: HTML's */
    Budget(Limits limits, @Nullable Escaping escaping) {
        this.limits = limits;
        this.escaping = escaping;
        this.time = new TimeLimit(limits.time());
        this.steps = limits.steps();
        this.bytes = limits.allocatedBytes();
    }

    boolean escapesHtml() {
        return escaping == null;
    }

    /** The text as a safe part of another. */
    String escape(String text) {
        if (escaping == null) {
            text(Markup.escapedLength(text));
            return Markup.escape(text);
        }
        text(LONGEST_ESCAPE * (long) text.length());
        return escaping.escape(text);
    }

    /** Writes the text as what may stand after what is written already. */
    void print(String text, StringBuilder written) {
        output(written.length() + text.length());
        if (escaping == null) {
            written.append(escape(text));
        } else {
            text(LONGEST_ESCAPE * (long) text.length());
            escaping.print(text, written);
        }
        output(written.length());
    }

    /** Writes what is harmless already. */
    void append(String escaped, StringBuilder written, int from) {
        output(written.length() + escaped.length());
        if (escaping == null) {
            written.append(escaped);
        } else {
            escaping.append(escaped, written, from);
        }
    }

    void step() {
        steps--;
        if (steps < 0) {
            throw Failure.limit("the template takes more than " + limits.steps()
                    + " steps; it loops too often over too much, so shorten its lists or loops");
        }
        bytes -= BYTES_A_STEP;
        if ((steps & 0xF) == 0) {
            time.check();
            allocate(0);
        }
    }

    /** A filter is about to be applied. */
    void filter() {
        allocate(BYTES_A_FILTER);
    }

    /** A text that is about to be made. */
    void text(long characters) {
        allocate(2 * characters);
    }

    void elements(long count) {
        allocate(BYTES_AN_ELEMENT * count);
    }

    void allocate(long more) {
        bytes -= more;
        if (bytes < 0) {
            throw Failure.limit("the template makes more than " + limits.allocatedBytes()
                    + " bytes of texts and lists; limit its values, as in vuln.data[:4000]");
        }
        if (more > LARGE) {
            time.check();
        }
    }

    void output(int characters) {
        if (characters > limits.outputCharacters()) {
            throw Failure.limit("the template writes more than " + limits.outputCharacters()
                    + " characters; limit long values, as in vuln.data[:4000]");
        }
    }

    /** One more thing inside the thing that is being evaluated; {@link #leave} when it is done. */
    void enter(int levels) {
        depth += levels;
        if (depth > limits.depth()) {
            depth -= levels;
            throw Failure.limit("the template is more than " + limits.depth()
                    + " levels deep; does a macro call itself without end?");
        }
    }

    void leave(int levels) {
        depth -= levels;
    }
}
