package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Python's iter(), len() and list(). */
public final class Iteration {

    private Iteration() {}

    public static boolean possible(Object value) {
        return value instanceof Generator || Types.hasLength(value);
    }

    public static Iterator<Object> of(Object value) {
        if (value instanceof Sequence sequence) {
            return sequence.iterator();
        } else if (value instanceof Generator generator) {
            return generator;
        } else if (value instanceof DictValue dict) {
            return dict.keys();
        } else if (value instanceof DictView view) {
            return view.iterator();
        } else if (value instanceof Undefined) {
            return Collections.emptyIterator();
        } else if (Types.isText(value)) {
            return characters(value);
        } else if (value instanceof Series series) {
            return series.rest();
        }
        throw Failure.type("'" + Types.name(value) + "' object is not iterable");
    }

    private static Iterator<Object> characters(Object value) {
        String text = value.toString();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < text.length();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int end = text.offsetByCodePoints(next, 1);
                String character = text.substring(next, end);
                next = end;
                return character;
            }
        };
    }

    public static int length(Object value) {
        if (value instanceof String text) {
            return Text.length(text);
        } else if (value instanceof Sequence sequence) {
            return sequence.size();
        } else if (value instanceof DictValue dict) {
            return dict.size();
        } else if (value instanceof DictView view) {
            return view.dict().size();
        } else if (value instanceof Undefined) {
            return 0;
        } else if (value instanceof Markup markup) {
            return Text.length(markup.text());
        } else if (value instanceof Series series) {
            return series.length();
        }
        throw Failure.type("object of type '" + Types.name(value) + "' has no len()");
    }

    public static ListValue list(Object value, Budget budget) {
        ListValue list = new ListValue();
        fill(list.items, value, budget);
        return list;
    }

    public static void fill(List<Object> list, Object value, Budget budget) {
        if (value instanceof ListValue || value instanceof TupleValue) {
            Sequence sequence = (Sequence) value;
            budget.elements(sequence.size());
            for (int i = 0, size = sequence.size(); i < size; i++) {
                list.add(sequence.get(i));
            }
            return;
        }
        for (Iterator<Object> items = of(value); items.hasNext(); ) {
            budget.step();
            list.add(items.next());
        }
    }

    /** Python's reversed(); a generator cannot be. */
    public static Iterator<Object> reversed(Object value, Budget budget) {
        Object sequence = value;
        if (value instanceof DictValue || value instanceof DictView) {
            sequence = list(value, budget);
        } else if (Types.isText(value)) {
            sequence = list(value, budget);
        } else if (value instanceof Undefined) {
            return Collections.emptyIterator();
        }
        if (!(sequence instanceof Sequence items)) {
            throw Failure.type("'" + Types.name(value) + "' object is not reversible");
        }
        return new Iterator<>() {
            private int next = items.size() - 1;

            @Override
            public boolean hasNext() {
                return next >= 0 && next < items.size();
            }

            @Override
            public Object next() {
                return items.get(next--);
            }
        };
    }

    /** Exactly as many items as there are targets, as when a tuple is unpacked. */
    public static List<Object> unpack(Object value, int targets) {
        if (!possible(value)) {
            throw Failure.type("cannot unpack non-iterable " + Types.name(value) + " object");
        }
        List<Object> items = new ArrayList<>(targets);
        Iterator<Object> iterator = of(value);
        while (items.size() < targets) {
            if (!iterator.hasNext()) {
                throw Failure.value("not enough values to unpack (expected " + targets + ", got " + items.size() + ")");
            }
            items.add(iterator.next());
        }
        if (iterator.hasNext()) {
            throw Failure.value("too many values to unpack (expected " + targets + ")");
        }
        return items;
    }

    public static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        } else if (value instanceof String text) {
            return !text.isEmpty();
        } else if (value instanceof Long number) {
            return number != 0;
        } else if (value instanceof Double number) {
            return number != 0;
        } else if (value instanceof None || value instanceof Undefined) {
            return false;
        } else if (Types.hasLength(value) && !(value instanceof Series)) {
            return length(value) > 0;
        }
        return true;
    }

    /** The items that pass. */
    public static Iterator<Object> matching(Iterator<Object> items, Predicate<Object> rule) {
        return new Iterator<>() {
            private @Nullable Object next;

            @Override
            public boolean hasNext() {
                while (next == null && items.hasNext()) {
                    Object candidate = items.next();
                    if (rule.test(candidate)) {
                        next = candidate;
                    }
                }
                return next != null;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Object item = Objects.requireNonNull(next);
                next = null;
                return item;
            }
        };
    }
}
