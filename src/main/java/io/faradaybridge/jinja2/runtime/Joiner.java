package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Callable;

/** What {@code joiner(...)} gives: nothing the first time, then the separator. */
final class Joiner implements Callable {

    @Override
    public String qualifiedType() {
        return "jinja2.utils.Joiner";
    }

    private final Object separator;
    private boolean used;

    Joiner(Object separator) {
        this.separator = separator;
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        Bound.positional("joiner", arguments, 0, 0);
        if (!used) {
            used = true;
            return "";
        }
        return separator;
    }
}
