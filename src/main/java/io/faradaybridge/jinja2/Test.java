package io.faradaybridge.jinja2;

/** {@code value is name(arguments)}, from the inside. */
interface Test {

    boolean holds(Context context, Object value, Arguments arguments);
}
