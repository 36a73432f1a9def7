package io.faradaybridge.jinja2.text;

import com.sun.management.ThreadMXBean;
import io.faradaybridge.jinja2.api.Escaping;
import io.faradaybridge.jinja2.api.Limits;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one rendering may use. Steps and levels are counted; the memory is what the JVM has counted for this thread, read
 * now and then, and before anything large is made.
 */
public final class Budget {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** How many characters one may become, as an entity; the escaping tells only afterwards. */
    private static final int LONGEST_ESCAPE = 6;

    /** What is smaller is left to the next reading. */
    private static final int LARGE = 4096;

    /** Reading the JVM's clock and counter takes as long as several steps; what these take in between is little. */
    private static final int STEPS_BETWEEN_READINGS = 64;

    /** Where the JVM does not count: on a virtual thread. */
    private static final int BYTES_A_STEP = 128;

    private final Limits limits;
    private final @Nullable Escaping escaping;
    private final TimeLimit time;
    private final long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    private long announced;
    private long steps;
    private int depth;

    public Budget(Limits limits) {
        this(limits, null);
    }

    /** @param escaping in place of HTML's; null: HTML's */
    public Budget(Limits limits, @Nullable Escaping escaping) {
        this.limits = limits;
        this.escaping = escaping;
        this.time = new TimeLimit(limits.time());
    }

    public boolean escapesHtml() {
        return escaping == null;
    }

    /** The text as a safe part of another. */
    public String escape(String text) {
        text(LONGEST_ESCAPE * (long) text.length());
        return escaping == null ? HtmlText.escape(text) : escaping.escape(text);
    }

    /** Writes the text as what may stand after what is written already. */
    public void print(String text, StringBuilder written) {
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
    public void append(String escaped, StringBuilder written, int from) {
        output(written.length() + escaped.length());
        if (escaping == null) {
            written.append(escaped);
        } else {
            escaping.append(escaped, written, from);
        }
    }

    public void step() {
        steps++;
        if (steps > limits.steps()) {
            throw Failure.limit("the template takes more than " + limits.steps()
                    + " steps; it loops too often over too much, so shorten its lists or loops");
        }
        if (steps % STEPS_BETWEEN_READINGS == 0) {
            check(0);
        }
    }

    /** Texts of so many characters in all are about to be made. */
    public void text(long characters) {
        allocate(2 * characters);
    }

    /** A list of so many elements is about to be made. */
    public void elements(long count) {
        allocate(Long.BYTES * count);
    }

    private void allocate(long bytes) {
        if (bytes > LARGE) {
            check(bytes);
            announced += bytes;
        }
    }

    private void check(long more) {
        time.check();
        if (allocated() + more > limits.allocatedBytes()) {
            throw Failure.limit("the template makes more than " + limits.allocatedBytes()
                    + " bytes of texts and lists; limit its values, as in vuln.data[:4000]");
        }
    }

    private long allocated() {
        return allocatedBefore < 0
                ? announced + BYTES_A_STEP * steps
                : THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    }

    public void output(int characters) {
        if (characters > limits.outputCharacters()) {
            throw Failure.limit("the template writes more than " + limits.outputCharacters()
                    + " characters; limit long values, as in vuln.data[:4000]");
        }
    }

    /** One more thing inside the thing that is being evaluated; {@link #leave} when it is done. */
    public void enter(int levels) {
        depth += levels;
        if (depth > limits.depth()) {
            depth -= levels;
            throw Failure.limit("the template is more than " + limits.depth()
                    + " levels deep; does a macro call itself without end?");
        }
    }

    public void leave(int levels) {
        depth -= levels;
    }
}
