package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.DictView;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of Python's dict. */
public final class DictMethods {

    static final Set<String> NAMES = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    private DictMethods() {}

    public static Object call(DictValue dict, String name, Arguments arguments, Budget budget) {
        switch (name) {
            case "get" -> {
                Bound bound = Bound.positional(name, arguments, 1, 2);
                Object value = dict.get(bound.get(0));
                return value == null ? bound.get(1, None.NONE) : value;
            }
            case "setdefault" -> {
                Bound bound = Bound.positional(name, arguments, 1, 2);
                Object value = dict.get(bound.get(0));
                if (value == null) {
                    value = bound.get(1, None.NONE);
                    dict.put(bound.get(0), value);
                }
                return value;
            }
            case "pop" -> {
                return pop(dict, Bound.positional(name, arguments, 1, 2));
            }
            case "update" -> {
                update(dict, name, arguments, budget);
                return None.NONE;
            }
            case "fromkeys" -> {
                Bound bound = Bound.positional(name, arguments, 1, 2);
                DictValue made = new DictValue();
                for (Iterator<Object> keys = Iteration.of(bound.get(0)); keys.hasNext(); ) {
                    budget.step();
                    made.put(keys.next(), bound.get(1, None.NONE));
                }
                return made;
            }
            default -> {
                Bound.positional(name, arguments, 0, 0);
                return plain(dict, name, budget);
            }
        }
    }

    private static Object plain(DictValue dict, String name, Budget budget) {
        return switch (name) {
            case "keys" -> new DictView(dict, DictView.Kind.KEYS);
            case "values" -> new DictView(dict, DictView.Kind.VALUES);
            case "items" -> new DictView(dict, DictView.Kind.ITEMS);
            case "copy" -> {
                budget.elements(8L * dict.size());
                yield new DictValue(dict);
            }
            case "clear" -> {
                dict.clear();
                yield None.NONE;
            }
            default -> popItem(dict);
        };
    }

    private static Object pop(DictValue dict, Bound bound) {
        @Nullable Object value = dict.remove(bound.get(0));
        if (value != null) {
            return value;
        }
        if (!bound.given(1)) {
            throw Failure.of(Kind.KEY, Repr.brief(bound.get(0)));
        }
        return bound.get(1);
    }

    private static Object popItem(DictValue dict) {
        DictValue.Item last = null;
        for (DictValue.Item item : dict.items()) {
            last = item;
        }
        if (last == null) {
            throw Failure.of(Kind.KEY, "'popitem(): dictionary is empty'");
        }
        dict.remove(last.key);
        return TupleValue.of(last.key, last.value);
    }

    /** Also what dict() does with its arguments. */
    public static void update(DictValue dict, String function, Arguments arguments, Budget budget) {
        if (arguments.count() > 1) {
            throw Failure.type(function + " expected at most 1 argument, got " + arguments.count());
        }
        if (arguments.count() == 1) {
            Object source = arguments.positional().get(0);
            if (source instanceof DictValue other) {
                budget.elements(8L * other.size());
                dict.putAll(new DictValue(other));
            } else {
                pairs(dict, source, budget);
            }
        }
        for (Map.Entry<String, Object> argument : arguments.named().entrySet()) {
            dict.put(argument.getKey(), argument.getValue());
        }
    }

    private static void pairs(DictValue dict, Object source, Budget budget) {
        if (source instanceof Undefined undefined) {
            // dict() asks for the method keys first.
            throw undefined.failure();
        }
        int index = 0;
        for (Iterator<Object> items = Iteration.of(source); items.hasNext(); index++) {
            budget.step();
            Object item = items.next();
            if (!Iteration.possible(item)) {
                throw Failure.type("cannot convert dictionary update sequence element #" + index + " to a sequence");
            }
            ListValue pair = Iteration.list(item, budget);
            if (pair.size() != 2) {
                throw Failure.value("dictionary update sequence element #" + index + " has length " + pair.size()
                        + "; 2 is required");
            }
            dict.put(pair.get(0), pair.get(1));
        }
    }
}
