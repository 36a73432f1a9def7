package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.Arguments;

/** {@code value|name(arguments)}, from the inside. */
public interface Filter {

    Object apply(Context context, Object value, Arguments arguments);
}
