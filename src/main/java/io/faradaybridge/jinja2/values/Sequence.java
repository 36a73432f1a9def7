package io.faradaybridge.jinja2.values;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A list, a tuple or a range. */
public sealed interface Sequence permits ListValue, TupleValue, RangeValue {

    int size();

    Object get(int index);

    default Iterator<Object> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
