package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.JinjaObject;
import io.faradaybridge.jinja2.values.None;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cycler(...)} gives. */
final class Cycler implements JinjaObject {

    private final List<Object> items;
    private int position;

    Cycler(List<Object> items) {
        this.items = items;
    }

    @Override
    public String qualifiedType() {
        return "jinja2.utils.Cycler";
    }

    @Override
    public @Nullable Object attribute(String name) {
        return name.equals("current") ? items.get(position) : null;
    }

    @Override
    public boolean hasMethod(String name) {
        return name.equals("next") || name.equals("reset");
    }

    @Override
    public Object call(String name, Arguments arguments) {
        Bound.positional(name, arguments, 0, 0);
        Object current = items.get(position);
        boolean next = name.equals("next");
        position = next ? (position + 1) % items.size() : 0;
        return next ? current : None.NONE;
    }
}
