package io.faradaybridge.jinja2;

import java.util.Iterator;

/** What keys(), values() and items() of a dict give: it follows the dict. */
record DictView(DictValue dict, Kind kind) {

    enum Kind {
        KEYS,
        VALUES,
        ITEMS
    }

    Iterator<Object> iterator() {
        return dict.iterator(this::part);
    }

    Object part(DictValue.Item item) {
        return switch (kind) {
            case KEYS -> item.key;
            case VALUES -> item.value;
            case ITEMS -> TupleValue.of(item.key, item.value);
        };
    }
}
