package io.faradaybridge.jinja2.values;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Python's list. Its iterator sees what is added on the way, as Python's does. */
public final class ListValue implements Sequence {

    public final ArrayList<Object> items;

    public ListValue() {
        items = new ArrayList<>();
    }

    public ListValue(List<Object> items) {
        this.items = new ArrayList<>(items);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public Iterator<Object> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items.size();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return items.get(next++);
            }
        };
    }
}
