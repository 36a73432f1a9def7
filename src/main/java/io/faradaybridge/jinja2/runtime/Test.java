package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.Arguments;

/** {@code value is name(arguments)}, from the inside. */
public interface Test {

    boolean holds(Context context, Object value, Arguments arguments);
}
