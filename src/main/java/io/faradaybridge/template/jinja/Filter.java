package io.faradaybridge.template.jinja;

/** {@code value|name(arguments)}, from the inside. */
interface Filter {

    Object apply(Context context, Object value, Arguments arguments);
}
