package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;
import java.util.Iterator;

/** Python's generators and iterators: they work when asked for the next item, and only once. */
public final class Generator implements Iterator<Object> {

    /** Java frames of one generator that asks another for its next item. */
    private static final int LEVELS = 4;

    private final String type;
    private final Budget budget;
    private final Iterator<Object> items;

    public Generator(String type, Budget budget, Iterator<Object> items) {
        this.type = type;
        this.budget = budget;
        this.items = items;
    }

    public String type() {
        return type;
    }

    @Override
    public boolean hasNext() {
        budget.enter(LEVELS);
        try {
            return items.hasNext();
        } finally {
            budget.leave(LEVELS);
        }
    }

    @Override
    public Object next() {
        budget.enter(LEVELS);
        try {
            budget.step();
            return items.next();
        } finally {
            budget.leave(LEVELS);
        }
    }
}
