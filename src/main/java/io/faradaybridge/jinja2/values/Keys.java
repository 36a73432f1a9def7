package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Failure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The form in which a value is a key: equal in Java exactly if Python finds the values equal. */
public final class Keys {

    private static final int DEEPEST = 50;

    /** Items of tuples inside of tuples. */
    private static final int MOST = 1_000;

    /** Not foreseeable, so nobody writes tuples that all meet in one place of a hash table. */
    private static final int SEED = new java.security.SecureRandom().nextInt() | 1;

    private record Group(List<Object> items, int hash) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Group group && hash == group.hash && items.equals(group.items);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private enum Special {
        UNDEFINED
    }

    private Keys() {}

    public static Object of(Object value) {
        return of(value, 0, new int[] {MOST});
    }

    private static Object of(Object value, int depth, int[] left) {
        if (value instanceof String || value instanceof Long || value instanceof BigInteger) {
            return value;
        }
        if (value instanceof Markup markup) {
            return markup.text();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof Double number) {
            return Numbers.isIntegral(number) ? Numbers.toInteger(number) : number;
        }
        if (value instanceof Undefined) {
            return Special.UNDEFINED;
        }
        if (value instanceof TupleValue tuple) {
            if (depth > DEEPEST) {
                throw Failure.limit("a tuple used as a key is more than " + DEEPEST + " levels deep");
            }
            List<Object> items = new ArrayList<>(tuple.size());
            int hash = SEED;
            for (Object item : tuple.items()) {
                left[0]--;
                if (left[0] < 0) {
                    throw Failure.limit("a tuple used as a key has more than " + MOST + " items in all");
                }
                Object key = of(item, depth + 1, left);
                items.add(key);
                hash = (hash ^ key.hashCode()) * 0x9E3779B1;
                hash ^= hash >>> 15;
            }
            return new Group(items, hash);
        }
        if (value instanceof ListValue
                || value instanceof DictValue
                || value instanceof DictView
                || value instanceof SliceValue) {
            throw Failure.type("unhashable type: '" + Types.name(value) + "'");
        }
        return value;
    }
}
