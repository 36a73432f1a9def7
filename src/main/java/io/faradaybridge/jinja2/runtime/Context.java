package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.python.DataCopy;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: its text so far, its variables, its budget and its line. */
public final class Context {

    /** Java calls itself more often for a macro, a block or a recursive loop than for an operator. */
    private static final int LEVELS_OF_A_CALL = 4;

    private final Library library;
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

    public Context(Library library, Budget budget, Map<String, ?> data, Program program, int expectedCharacters) {
        this.library = library;
        this.budget = budget;
        this.autoescape = !budget.escapesHtml();
        this.data = data;
        this.copies = new DataCopy(budget);
        this.blocks = new Block.BlockReference(program.blocks(), this);
        this.out = new StringBuilder(expectedCharacters);
        this.activation = new Activation(program.part().scope().slots(), null);
    }

    public Budget budget() {
        return budget;
    }

    Block.BlockReference blocks() {
        return blocks;
    }

    public int line() {
        return line;
    }

    /**
     * A part of the template begins.
     *
     * @return for {@link #end}, the line of what is around it
     */
    public int begin(int now) {
        int outer = line;
        line = now;
        budget.step();
        budget.enter(1);
        return outer;
    }

    public void end(int outer) {
        line = outer;
        budget.leave(1);
    }

    public String text() {
        return out.toString();
    }

    Activation activation() {
        return activation;
    }

    void activate(Activation other) {
        activation = other;
    }

    public boolean autoescape() {
        return autoescape;
    }

    /** What is safe HTML is safe to print. */
    public boolean printsHtml() {
        return autoescape && budget.escapesHtml();
    }

    /** Fills the variables of a part that begins. */
    public void enter(Scope scope) {
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
            value = data.containsKey(name)
                    ? copies.of(data.get(name))
                    : library.globals().get(name);
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

    public void write(String text) {
        budget.output(out.length() + text.length());
        out.append(text);
    }

    /** What is harmless already, wherever it stands. */
    public void append(String text) {
        budget.append(text, out, captureStart);
    }

    public void print(Object value) {
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
    public Object filter(Object text, Expression filter) {
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
    public Filter filterNamed(Object name) {
        return Types.isText(name) ? library.filters().get(name.toString()) : null;
    }

    @Nullable
    public Test testNamed(Object name) {
        return Types.isText(name) ? library.tests().get(name.toString()) : null;
    }
}
