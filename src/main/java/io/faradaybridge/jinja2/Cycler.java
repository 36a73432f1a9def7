package io.faradaybridge.jinja2;

import java.util.List;

/** What {@code cycler(...)} gives. */
final class Cycler {

    private final List<Object> items;
    private int position;

    Cycler(List<Object> items) {
        this.items = items;
    }

    Object current() {
        return items.get(position);
    }

    Object next() {
        Object current = current();
        position = (position + 1) % items.size();
        return current;
    }

    Object reset() {
        position = 0;
        return None.NONE;
    }
}
