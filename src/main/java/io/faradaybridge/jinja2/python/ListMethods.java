package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.SliceValue;
import io.faradaybridge.jinja2.values.Sorting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of Python's list, tuple and range. */
final class ListMethods {

    static final Set<String> NAMES =
            Set.of("append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort");

    private ListMethods() {}

    public static @Nullable Object call(ListValue list, String name, Arguments arguments, Budget budget) {
        List<Object> items = list.items;
        switch (name) {
            case "append" -> {
                items.add(Bound.positional(name, arguments, 1, 1).get(0));
            }
            case "extend" -> {
                Object more = Bound.positional(name, arguments, 1, 1).get(0);
                Iteration.fill(items, more instanceof ListValue ? Iteration.list(more, budget) : more, budget);
            }
            case "insert" -> {
                Bound bound = Bound.positional(name, arguments, 2, 2);
                int at = new SliceValue(bound.get(0), None.NONE, None.NONE)
                        .over(items.size())
                        .first();
                items.add(at, bound.get(1));
            }
            case "clear" -> {
                Bound.positional(name, arguments, 0, 0);
                items.clear();
            }
            case "reverse" -> {
                Bound.positional(name, arguments, 0, 0);
                Collections.reverse(items);
            }
            case "copy" -> {
                Bound.positional(name, arguments, 0, 0);
                return Iteration.list(list, budget);
            }
            case "pop" -> {
                return pop(items, Bound.positional(name, arguments, 0, 1));
            }
            case "remove" -> {
                Object item = Bound.positional(name, arguments, 1, 1).get(0);
                items.remove((int) position(list, item, "list.remove(x): x not in list", budget));
            }
            case "sort" -> sort(items, arguments, budget);
            default -> {
                return find(list, name, arguments, budget);
            }
        }
        return None.NONE;
    }

    private static Object pop(List<Object> items, Bound bound) {
        if (items.isEmpty()) {
            throw Failure.of(Kind.INDEX, "pop from empty list");
        }
        long index = bound.integer(0, -1);
        long absolute = index < 0 ? index + items.size() : index;
        if (absolute < 0 || absolute >= items.size()) {
            throw Failure.of(Kind.INDEX, "pop index out of range");
        }
        return items.remove((int) absolute);
    }

    private static void sort(List<Object> items, Arguments arguments, Budget budget) {
        if (arguments.count() > 0) {
            throw Failure.type("sort() takes no positional arguments");
        }
        Bound bound = Bound.named("sort", arguments, 0, "key", "reverse");
        if (bound.some(0)) {
            throw Failure.type("sort() takes no key here; use the filter sort with an attribute");
        }
        List<Object> copy = new ArrayList<>(items);
        List<Object> sorted = Sorting.sorted(copy, copy, bound.truth(1, false), budget);
        items.clear();
        items.addAll(sorted);
    }

    /** count() and index(). */
    public static Object find(Sequence sequence, String name, Arguments arguments, Budget budget) {
        if (name.equals("count")) {
            Object item = Bound.positional(name, arguments, 1, 1).get(0);
            long count = 0;
            for (int i = 0; i < sequence.size(); i++) {
                budget.step();
                if (matches(sequence.get(i), item, budget)) {
                    count++;
                }
            }
            return count;
        }
        Bound bound = Bound.positional(name, arguments, 1, 3);
        if (!bound.given(1)) {
            return position(sequence, bound.get(0), Repr.brief(bound.get(0)) + " is not in list", budget);
        }
        SliceValue.Range range = new SliceValue(bound.get(1), bound.get(2, None.NONE), None.NONE).over(sequence.size());
        for (int i = range.first(); i < range.first() + range.count(); i++) {
            budget.step();
            if (matches(sequence.get(i), bound.get(0), budget)) {
                return (long) i;
            }
        }
        throw Failure.value(Repr.brief(bound.get(0)) + " is not in list");
    }

    private static long position(Sequence sequence, Object item, String otherwise, Budget budget) {
        for (int i = 0; i < sequence.size(); i++) {
            budget.step();
            if (matches(sequence.get(i), item, budget)) {
                return i;
            }
        }
        throw Failure.value(otherwise);
    }

    private static boolean matches(Object left, Object right, Budget budget) {
        return Comparison.same(left, right) || Comparison.equal(left, right, budget);
    }
}
