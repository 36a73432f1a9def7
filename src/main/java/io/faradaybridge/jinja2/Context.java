package io.faradaybridge.jinja2;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: its text so far, its variables, its budget and its line. */
final class Context {

    private final Environment environment;
    private final Budget budget;
    private final Map<String, ?> data;
    private final DataCopy copies;
    private final Map<String, Object> known = new HashMap<>();
    private final Map<String, Object> exported = new HashMap<>();
    private final BlockReference blocks;
    private final StringBuilder out;
    private Activation activation;
    private Object filtered = "";
    private boolean autoescape;
    private int captures;
    /** Where the text that is being captured begins. */
    private int captureStart;

    private int line = 1;

    Context(Environment environment, Map<String, ?> data, BlockReference blocks, int slots, int expectedCharacters) {
        this.environment = environment;
        Escaping escaping = environment.escaping();
        this.autoescape = escaping != null;
        this.budget = new Budget(environment.limits(), escaping);
        this.data = data;
        this.copies = new DataCopy(budget);
        this.blocks = blocks;
        this.out = new StringBuilder(expectedCharacters);
        this.activation = new Activation(slots, null);
    }

    Environment environment() {
        return environment;
    }

    Budget budget() {
        return budget;
    }

    BlockReference blocks() {
        return blocks;
    }

    int line() {
        return line;
    }

    void at(int now) {
        line = now;
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
    void enter(ScopeBuilder.Scope scope) {
        ScopeBuilder.Entry entry = scope.entry();
        Object[] slots = activation.slots;
        for (int i = 0; i < entry.dataSlots.length; i++) {
            slots[entry.dataSlots[i]] = resolve(entry.names[i]);
        }
        for (int i = 0; i < entry.copies.length; i++) {
            slots[entry.copies[i]] = activation.get(entry.outer[i]);
        }
        for (int slot : entry.nothing) {
            slots[slot] = Activation.MISSING;
        }
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

    /** What the statement writes, as a value. */
    Object capture(Statement statement) {
        return safe(captureText(() -> statement.execute(this)));
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
        try {
            return filter.evaluate(this);
        } finally {
            filtered = before;
        }
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
        try {
            action.run();
        } finally {
            autoescape = before;
        }
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
