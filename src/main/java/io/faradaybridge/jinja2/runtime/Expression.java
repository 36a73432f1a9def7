package io.faradaybridge.jinja2.runtime;

/** A part of the template that has a value. */
public sealed interface Expression permits Literal, Operation, Invocation {

    int line();

    /** Computes the value, once the operands' values are known. */
    Object value(Context context);

    /** The value. Meanwhile the rendering is in this line and one level deeper, and it has made one step more. */
    default Object evaluate(Context context) {
        int outer = context.begin(line());
        Object value = value(context);
        context.end(outer);
        return value;
    }
}
