package io.faradaybridge.jinja2.values;

import java.util.List;

/**
 * Python's tuple.
 *
 * @param grouped a result of the filter groupby, whose items have names
 */
public record TupleValue(List<Object> items, boolean grouped) implements Sequence {

    static final TupleValue EMPTY = of();

    public static TupleValue of(Object... items) {
        return new TupleValue(List.of(items), false);
    }

    public static TupleValue of(List<Object> items) {
        return new TupleValue(List.copyOf(items), false);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }
}
