package io.faradaybridge.jinja2;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: its text so far, its variables, its budget and its line. */
final class Context {

    /** Java calls itself more often for a macro, a block or a recursive loop than for an operator. */
    private static final int LEVELS_OF_A_CALL = 4;

    private final Environment environment;
    private final Budget budget;
    private final Map<String, ?> data;
    private final DataCopy copies;
    private final Map<String, Object> known = new HashMap<>();
    private final Map<String, Object> exported = new HashMap<>();
    private final Block.BlockReference blocks;
    private final StringBuilder out;
    private Activation activation;
    private Object filtered = "";
    private boolean autoescape;
    private int captures;
    /** Where the text that is being captured begins. */
    private int captureStart;

    private int line = 1;

    Context(
            Environment environment,
            Map<String, ?> data,
            Map<String, Block> blocks,
            int slots,
            int expectedCharacters) {
        this.environment = environment;
        Escaping escaping = environment.escaping();
        this.autoescape = escaping != null;
        this.budget = new Budget(environment.limits(), escaping);
        this.data = data;
        this.copies = new DataCopy(budget);
        this.blocks = new Block.BlockReference(blocks, this);
        this.out = new StringBuilder(expectedCharacters);
        this.activation = new Activation(slots, null);
    }

    Environment environment() {
        return environment;
    }

    Budget budget() {
        return budget;
    }

    Block.BlockReference blocks() {
        return blocks;
    }

    int line() {
        return line;
    }

    /**
     * A part of the template begins.
     *
     * @return for {@link #end}, the line of what is around it
     */
    int begin(int now) {
        int outer = line;
        line = now;
        budget.step();
        budget.enter(1);
        return outer;
    }

    void end(int outer) {
        line = outer;
        budget.leave(1);
    }

    String text() {
        return out.toString();
    }

    Activation activation() {
        return activation;
    }

    void activate(Activation other) {
        activation = other;
    }

    boolean autoescape() {
        return autoescape;
    }

    /** What is safe HTML is safe to print. */
    boolean printsHtml() {
        return autoescape && budget.escapesHtml();
    }

    /** Fills the variables of a part that begins. */
    void enter(Scope scope) {
        for (Scope.Fill fill : scope.fills()) {
            activation.slots[fill.slot()] = fill.data() != null
                    ? resolve(fill.data())
                    : fill.outer() != null ? activation.get(fill.outer()) : Activation.MISSING;
        }
    }

    /** Runs what has variables of its own. */
    void within(Activation own, Runnable action) {
        Activation before = activation;
        budget.enter(LEVELS_OF_A_CALL);
        activation = own;
        action.run();
        activation = before;
        budget.leave(LEVELS_OF_A_CALL);
    }

    private Object resolve(String name) {
        Object value = exported.get(name);
        if (value == null) {
            value = known.get(name);
        }
        if (value == null) {
            value = data.containsKey(name) ? copies.of(data.get(name)) : environment.global(name);
            if (value == null) {
                value = Activation.MISSING;
            }
            known.put(name, value);
        }
        return value;
    }

    /** Blocks see what the template itself sets. */
    void export(String name, Object value) {
        if (!blocks.blocks().isEmpty()) {
            exported.put(name, value);
        }
    }

    void write(String text) {
        budget.output(out.length() + text.length());
        out.append(text);
    }

    /** What is harmless already, wherever it stands. */
    void append(String text) {
        budget.append(text, out, captureStart);
    }

    void print(Object value) {
        String text = value instanceof Markup markup && autoescape ? markup.text() : Repr.str(value, budget);
        if (!autoescape) {
            write(text);
        } else if (value instanceof Markup) {
            append(text);
        } else if (captures > 0) {
            // What is captured may be printed anywhere, so its place says nothing.
            append(budget.escape(text));
        } else {
            budget.print(text, out);
        }
    }

    /** What the action writes, which then is not written. */
    String captureText(Runnable action) {
        int start = out.length();
        int before = captureStart;
        captureStart = start;
        captures++;
        action.run();
        captures--;
        captureStart = before;
        budget.text(out.length() - start);
        String text = out.substring(start);
        out.setLength(start);
        return text;
    }

    /** A text that a part of the template wrote has been escaped, where there is escaping. */
    Object safe(String text) {
        return autoescape ? new Markup(text) : text;
    }

    /** The text of a block through its filters. */
    Object filter(Object text, Expression filter) {
        Object before = filtered;
        filtered = text;
        Object result = filter.evaluate(this);
        filtered = before;
        return result;
    }

    Object filtered() {
        return filtered;
    }

    /** As it was at the beginning of the template. */
    void withInitialAutoescape(Runnable action) {
        withAutoescape(!budget.escapesHtml(), action);
    }

    void withAutoescape(boolean on, Runnable action) {
        boolean before = autoescape;
        autoescape = on;
        action.run();
        autoescape = before;
    }

    @Nullable
    Filter filterNamed(Object name) {
        return Types.isText(name) ? environment.filter(name.toString()) : null;
    }

    @Nullable
    Test testNamed(Object name) {
        return Types.isText(name) ? environment.test(name.toString()) : null;
    }
}
