package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Failure;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Python's dict: in the order of insertion, and 1, 1.0 and True are one key. */
public final class DictValue {

    /** The key as it was written first, and its value. */
    public static final class Item {
        public final Object key;
        public Object value;

        public Item(Object key, Object value) {
            this.key = key;
            this.value = value;
        }
    }

    private final Map<Object, Item> items;

    public DictValue() {
        items = new LinkedHashMap<>();
    }

    public DictValue(int expected) {
        items = new LinkedHashMap<>(Math.max(4, expected * 4 / 3 + 1));
    }

    public DictValue(DictValue other) {
        this(other.size());
        putAll(other);
    }

    public int size() {
        return items.size();
    }

    @Nullable
    public Object get(Object key) {
        Item item = items.get(key instanceof String ? key : Keys.of(key));
        return item == null ? null : item.value;
    }

    public void put(Object key, Object value) {
        Object normal = key instanceof String ? key : Keys.of(key);
        Item item = items.get(normal);
        if (item == null) {
            items.put(normal, new Item(key, value));
        } else {
            item.value = value;
        }
    }

    public void putAll(DictValue other) {
        for (Item item : other.items.values()) {
            put(item.key, item.value);
        }
    }

    @Nullable
    public Object remove(Object key) {
        Item item = items.remove(Keys.of(key));
        return item == null ? null : item.value;
    }

    public void clear() {
        items.clear();
    }

    public Collection<Item> items() {
        return items.values();
    }

    public Iterator<Object> keys() {
        return iterator(item -> item.key);
    }

    /** Ends with Python's error when the dict grows or shrinks on the way. */
    public Iterator<Object> iterator(Function<Item, Object> part) {
        int size = items.size();
        Iterator<Item> iterator = items.values().iterator();
        return new Iterator<>() {
            private int seen;

            @Override
            public boolean hasNext() {
                if (items.size() != size) {
                    throw Failure.of(Kind.RUNTIME, "dictionary changed size during iteration");
                }
                return seen < size;
            }

            @Override
            public Object next() {
                seen++;
                try {
                    return part.apply(iterator.next());
                } catch (java.util.ConcurrentModificationException e) {
                    throw Failure.of(Kind.RUNTIME, "dictionary keys changed during iteration");
                }
            }
        };
    }
}
