package io.faradaybridge.jinja2.values;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins its work when the first item is asked for, as Python's generators do. */
public final class Lazy implements Iterator<Object> {

    private final Supplier<Iterator<Object>> source;
    private @Nullable Iterator<Object> items;

    public Lazy(Supplier<Iterator<Object>> source) {
        this.source = source;
    }

    private Iterator<Object> items() {
        if (items == null) {
            items = source.get();
        }
        return items;
    }

    @Override
    public boolean hasNext() {
        return items().hasNext();
    }

    @Override
    public Object next() {
        return items().next();
    }
}
