package io.faradaybridge.jinja2.values;

import java.util.Iterator;

/** What keys(), values() and items() of a dict give: it follows the dict. */
public record DictView(DictValue dict, Kind kind) {

    public enum Kind {
        KEYS,
        VALUES,
        ITEMS
    }

    public Iterator<Object> iterator() {
        return dict.iterator(this::part);
    }

    public Object part(DictValue.Item item) {
        return switch (kind) {
            case KEYS -> item.key;
            case VALUES -> item.value;
            case ITEMS -> TupleValue.of(item.key, item.value);
        };
    }
}
