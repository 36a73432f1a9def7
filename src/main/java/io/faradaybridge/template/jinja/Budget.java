package io.faradaybridge.template.jinja;

import org.jspecify.annotations.Nullable;

/** Counts what one rendering uses, before it is used. */
final class Budget {

    /** Boxes, iterators and arguments of a step. */
    private static final int BYTES_A_STEP = 24;

    private static final int BYTES_AN_ELEMENT = 16;

    /** What a filter makes on its way, such as matchers and parts of texts, beside the text that it gives. */
    private static final int BYTES_A_FILTER = 768;

    /** A single text or list of more than this has the clock read. */
    private static final int LARGE = 4096;

    private final Limits limits;
    private final @Nullable Escaping escaping;
    private final long deadline;
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
        this.deadline = System.nanoTime() + limits.time().toNanos();
        this.steps = limits.steps();
        this.bytes = limits.allocatedBytes();
    }

    boolean escapesHtml() {
        return escaping == null;
    }

    /** The text as a safe part of another. */
    String escape(String text) {
        text(text.length());
        String escaped = escaping == null ? Markup.escape(text) : escaping.escape(text);
        text(escaped.length() - text.length());
        return escaped;
    }

    /** The text as it may be printed after what stands before. */
    String escape(String text, CharSequence before) {
        if (escaping == null) {
            return escape(text);
        }
        text(text.length());
        String escaped = escaping.escape(text, before);
        text(Math.max(0, escaped.length() - text.length()));
        return escaped;
    }

    void step() {
        steps--;
        if (steps < 0) {
            throw Failure.limit("the template takes more than " + limits.steps()
                    + " steps; it loops too often over too much, so shorten its lists or loops");
        }
        bytes -= BYTES_A_STEP;
        if ((steps & 0xF) == 0) {
            clock();
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
            clock();
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

    private void clock() {
        if (System.nanoTime() - deadline > 0) {
            throw Failure.limit(
                    "the template takes longer than " + limits.time().toMillis()
                            + " ms; it loops too often over too much, so shorten its lists or loops");
        }
    }
}
