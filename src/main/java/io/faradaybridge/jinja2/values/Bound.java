package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Failure;
import org.jspecify.annotations.Nullable;

/** Arguments laid to the parameters of a built-in function, read with the type it needs. */
public final class Bound {

    private final String function;
    private final @Nullable Object[] values;

    Bound(String function, @Nullable Object[] values) {
        this.function = function;
        this.values = values;
    }

    /** A method of Python's built-in types: no names for parameters. */
    public static Bound positional(String function, Arguments arguments, int required, int most) {
        if (!arguments.named().isEmpty()) {
            throw Failure.type(function + "() takes no keyword arguments");
        }
        if (arguments.count() < required || arguments.count() > most) {
            throw Failure.type(function + "() takes " + (required == most ? "exactly " : "from " + required + " to ")
                    + most + " argument" + (most == 1 ? "" : "s") + " (" + arguments.count() + " given)");
        }
        @Nullable Object[] values = new Object[most];
        for (int i = 0; i < arguments.count(); i++) {
            values[i] = arguments.positional().get(i);
        }
        return new Bound(function, values);
    }

    public static Bound named(String function, Arguments arguments, int required, String... parameters) {
        return new Bound(function, arguments.bind(function, parameters, required, 0));
    }

    public boolean given(int index) {
        return values[index] != null;
    }

    /** Given, and not as None. */
    public boolean some(int index) {
        return values[index] != null && values[index] != None.NONE;
    }

    public Object get(int index) {
        Object value = values[index];
        if (value == null) {
            throw Failure.type(function + "() lacks argument " + (index + 1));
        }
        return value;
    }

    public Object get(int index, Object otherwise) {
        Object value = values[index];
        return value == null ? otherwise : value;
    }

    public String text(int index) {
        Object value = get(index);
        if (!Types.isText(value)) {
            throw Failure.type(function + "() argument " + (index + 1) + " must be str, not " + Types.name(value));
        }
        return value.toString();
    }

    public String text(int index, String otherwise) {
        return given(index) ? text(index) : otherwise;
    }

    /** A whole number as a long, the nearest one if it is too large. */
    public long integer(int index, long otherwise) {
        Object value = values[index];
        if (value == null) {
            return otherwise;
        }
        if (!Types.isInteger(value)) {
            throw Failure.type("'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        return Numbers.saturated(value);
    }

    public boolean truth(int index, boolean otherwise) {
        Object value = values[index];
        return value == null ? otherwise : Iteration.truth(value);
    }
}
