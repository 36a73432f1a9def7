package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.Attributes;
import io.faradaybridge.jinja2.python.Operators;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.DictView;
import io.faradaybridge.jinja2.values.Generator;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Lazy;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sorting;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The filters for lists and dicts as a whole: order, extremes, parts. */
final class SequenceFilters {

    private SequenceFilters() {}

    static void addTo(Map<String, Filter> filters) {
        Filter length = Filters.plain("length", (context, value) -> (long) Iteration.length(value));
        filters.put("length", length);
        filters.put("count", length);
        filters.put("list", Filters.plain("list", (context, value) -> Iteration.list(value, context.budget())));
        filters.put("first", Filters.plain("first", SequenceFilters::first));
        filters.put("last", Filters.plain("last", SequenceFilters::last));
        filters.put("random", Filters.plain("random", SequenceFilters::random));
        filters.put("reverse", Filters.plain("reverse", SequenceFilters::reverse));
        filters.put("items", Filters.plain("items", SequenceFilters::items));
        filters.put("join", SequenceFilters::join);
        filters.put("sort", SequenceFilters::sort);
        filters.put("dictsort", SequenceFilters::dictSort);
        filters.put("min", (context, value, arguments) -> extreme("min", context, value, arguments));
        filters.put("max", (context, value, arguments) -> extreme("max", context, value, arguments));
        filters.put("sum", SequenceFilters::sum);
        filters.put("attr", SequenceFilters::attribute);
    }

    static Generator generator(Context context, Iterator<Object> items) {
        return new Generator("generator", context.budget(), items);
    }

    private static Object first(Context context, Object value) {
        Iterator<Object> items = Iteration.of(value);
        return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
    }

    private static Object last(Context context, Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text.substring(text.offsetByCodePoints(text.length(), -1));
        }
        Iterator<Object> items = Iteration.reversed(value, context.budget());
        return items.hasNext() ? items.next() : Undefined.because("No last item, sequence was empty.");
    }

    private static Object random(Context context, Object value) {
        int length = Iteration.length(value);
        if (length == 0) {
            return Undefined.because("No random item, sequence was empty.");
        }
        return Attributes.subscript(value, (long) ThreadLocalRandom.current().nextInt(length), context.budget());
    }

    private static Object reverse(Context context, Object value) {
        Budget budget = context.budget();
        if (Types.isText(value)) {
            return Filters.like(value, Text.reverse(value.toString(), budget));
        }
        if (value instanceof Generator) {
            ListValue list = Iteration.list(value, budget);
            java.util.Collections.reverse(list.items);
            return list;
        }
        if (!Iteration.possible(value)) {
            throw Failure.of(Kind.FILTER_ARGUMENT, "argument must be iterable");
        }
        String type = value instanceof ListValue ? "list_reverseiterator" : "reversed";
        return new Generator(type, budget, Iteration.reversed(value, budget));
    }

    private static Object items(Context context, Object value) {
        return generator(context, new Lazy(() -> {
            if (value instanceof Undefined) {
                return Iteration.of(value);
            }
            if (!(value instanceof DictValue dict)) {
                throw Failure.type("Can only get item pairs from a mapping.");
            }
            return new DictView(dict, DictView.Kind.ITEMS).iterator();
        }));
    }

    private static Object join(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("join", arguments, 0, "d", "attribute");
        Budget budget = context.budget();
        Iterator<Object> items = Iteration.of(value);
        AttributePath path = bound.some(1) ? AttributePath.of(bound.get(1), null, false, budget) : null;
        Object separator = bound.get(0, "");
        boolean html = context.autoescape() && separator instanceof Markup;
        List<Object> parts = new ArrayList<>();
        while (items.hasNext()) {
            budget.step();
            Object item = items.next();
            Object part = path == null ? item : path.of(item, budget);
            html |= context.autoescape() && part instanceof Markup;
            parts.add(context.autoescape() ? part : Repr.str(part, budget));
        }
        String between = html ? Operators.escaped(separator, budget) : Repr.str(separator, budget);
        TextBuilder joined = new TextBuilder(budget);
        for (int i = 0; i < parts.size(); i++) {
            String part = html ? Operators.escaped(parts.get(i), budget) : Repr.str(parts.get(i), budget);
            joined.append(i == 0 ? "" : between).append(part);
        }
        return html ? new Markup(joined.toString()) : joined.toString();
    }

    private static Object sort(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("sort", arguments, 0, "reverse", "case_sensitive", "attribute");
        Budget budget = context.budget();
        boolean ignoreCase = !bound.truth(1, false);
        List<AttributePath> paths = new ArrayList<>();
        Object attribute = bound.get(2, None.NONE);
        if (Types.isText(attribute)) {
            for (String part : Splitting.splitBy(attribute.toString(), ",", -1, budget)) {
                paths.add(AttributePath.of(part, null, ignoreCase, budget));
            }
        } else {
            paths.add(AttributePath.of(attribute, null, ignoreCase, budget));
        }
        ListValue items = Iteration.list(value, budget);
        List<Object> keys = new ArrayList<>(items.size());
        for (Object item : items.items) {
            ListValue key = new ListValue();
            for (AttributePath path : paths) {
                key.items.add(path.of(item, budget));
            }
            keys.add(key);
        }
        return new ListValue(Sorting.sorted(items.items, keys, bound.truth(0, false), budget));
    }

    private static Object dictSort(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("dictsort", arguments, 0, "case_sensitive", "by", "reverse");
        Budget budget = context.budget();
        String by = Repr.str(bound.get(1, "key"), budget);
        if (!by.equals("key") && !by.equals("value")) {
            throw Failure.of(Kind.FILTER_ARGUMENT, "You can only sort by either \"key\" or \"value\"");
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof DictValue dict)) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(value) + "' object has no attribute 'items'");
        }
        AttributePath path = AttributePath.of(None.NONE, null, !bound.truth(0, false), budget);
        List<Object> pairs = new ArrayList<>();
        List<Object> keys = new ArrayList<>();
        for (DictValue.Item item : dict.items()) {
            pairs.add(TupleValue.of(item.key, item.value));
            keys.add(path.of(by.equals("key") ? item.key : item.value, budget));
        }
        return new ListValue(Sorting.sorted(pairs, keys, bound.truth(2, false), budget));
    }

    private static Object extreme(String name, Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named(name, arguments, 0, "case_sensitive", "attribute");
        Budget budget = context.budget();
        Iterator<Object> items = Iteration.of(value);
        if (!items.hasNext()) {
            return Undefined.because("No aggregated item, sequence was empty.");
        }
        AttributePath path = AttributePath.of(bound.get(1, None.NONE), null, !bound.truth(0, false), budget);
        Object best = items.next();
        Object bestKey = path.of(best, budget);
        while (items.hasNext()) {
            budget.step();
            Object item = items.next();
            Object key = path.of(item, budget);
            if (Comparison.ordered(name.equals("min") ? "<" : ">", key, bestKey, budget)) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    private static Object sum(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("sum", arguments, 0, "attribute", "start");
        Budget budget = context.budget();
        Iterator<Object> items = Iteration.of(value);
        AttributePath path = bound.some(0) ? AttributePath.of(bound.get(0), null, false, budget) : null;
        Object sum = bound.get(1, 0L);
        if (Types.isText(sum)) {
            throw Failure.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        while (items.hasNext()) {
            budget.step();
            Object item = items.next();
            sum = Operators.add(sum, path == null ? item : path.of(item, budget), budget);
        }
        return sum;
    }

    private static Object attribute(Context context, Object value, Arguments arguments) {
        Object name = Bound.named("attr", arguments, 1, "name").get(0);
        if (!Types.isText(name)) {
            throw Failure.type("attribute name must be string, not '" + Types.name(name) + "'");
        }
        Object found = Attributes.own(value, name.toString());
        return found == null ? Undefined.member(value, name) : found;
    }
}
