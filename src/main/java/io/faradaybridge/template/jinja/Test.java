package io.faradaybridge.template.jinja;

/** {@code value is name(arguments)}, from the inside. */
interface Test {

    boolean holds(Context context, Object value, Arguments arguments);
}
