package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data as the template sees them: copies, so that a template may change its lists, and nobody else's. A decimal
 * number becomes a float, as Python reads it from JSON.
 */
public final class DataCopy {

    private static final int LEVELS = 5;
    private static final String OWN = "io.faradaybridge.jinja2";

    private final Budget budget;
    /** What is in two places stays one thing. */
    private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();

    public DataCopy(Budget budget) {
        this.budget = budget;
    }

    public Object of(@Nullable Object value) {
        if (value == null) {
            return None.NONE;
        } else if (value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double) {
            return value;
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof BigInteger number) {
            return Numbers.bounded(number);
        } else if (value instanceof BigDecimal || value instanceof Float) {
            return value instanceof Float ? Double.valueOf(value.toString()) : ((Number) value).doubleValue();
        } else if (value instanceof Map<?, ?> || value instanceof Iterable<?> || value instanceof Object[]) {
            return container(value);
        } else if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        } else if (isOwn(value)) {
            return value;
        }
        return date(value);
    }

    /** What a function of the template gave back as it had got it. */
    private static boolean isOwn(Object value) {
        return value.getClass().getPackageName().startsWith(OWN);
    }

    private static Object date(Object value) {
        if (value instanceof OffsetDateTime
                || value instanceof LocalDateTime
                || value instanceof LocalDate
                || value instanceof LocalTime) {
            return value;
        } else if (value instanceof Instant moment) {
            return moment.atOffset(ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime moment) {
            return moment.toOffsetDateTime();
        }
        throw Failure.type("the data hold a " + value.getClass().getName()
                + ", which a template cannot read; give it texts, numbers, booleans, dates, lists and maps");
    }

    private Object container(Object value) {
        Object known = copies.get(value);
        if (known != null) {
            return known;
        }
        budget.enter(LEVELS);
        try {
            if (value instanceof Map<?, ?> map) {
                DictValue dict = new DictValue(map.size());
                copies.put(value, dict);
                for (Map.Entry<?, ?> item : map.entrySet()) {
                    budget.step();
                    dict.put(of(item.getKey()), of(item.getValue()));
                }
                return dict;
            }
            ListValue list = new ListValue();
            copies.put(value, list);
            for (Object item : value instanceof Object[] array ? List.of(array) : (Iterable<?>) value) {
                budget.step();
                list.items.add(of(item));
            }
            return list;
        } finally {
            budget.leave(LEVELS);
        }
    }

    /** For functions that the program gives to templates. */
    public static @Nullable Object toJava(Object value, Budget budget) {
        if (value instanceof None || value instanceof Undefined) {
            return null;
        } else if (value instanceof Markup markup) {
            return markup.text();
        } else if (value instanceof DictValue dict) {
            budget.enter(LEVELS);
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            for (DictValue.Item item : dict.items()) {
                budget.step();
                map.put(String.valueOf(toJava(item.key, budget)), toJava(item.value, budget));
            }
            budget.leave(LEVELS);
            return Collections.unmodifiableMap(map);
        } else if (value instanceof Sequence sequence) {
            budget.enter(LEVELS);
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < sequence.size(); i++) {
                budget.step();
                list.add(toJava(sequence.get(i), budget));
            }
            budget.leave(LEVELS);
            return Collections.unmodifiableList(list);
        }
        return value;
    }
}
