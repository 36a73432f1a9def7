package io.faradaybridge.jinja2;

/** {@code value|name(arguments)}, from the inside. */
interface Filter {

    Object apply(Context context, Object value, Arguments arguments);
}
