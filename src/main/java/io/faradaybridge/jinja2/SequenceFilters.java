package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

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
        filters.put("batch", SequenceFilters::batch);
        filters.put("slice", SequenceFilters::slice);
        filters.put("groupby", SequenceFilters::groupBy);
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
            throw Failure.undefined(undefined);
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

    private static Object batch(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("batch", arguments, 1, "linecount", "fill_with");
        Budget budget = context.budget();
        Object count = bound.get(0);
        return generator(context, new Lazy(() -> {
            Iterator<Object> items = Iteration.of(value);
            return new Iterator<>() {
                private boolean begun;

                @Override
                public boolean hasNext() {
                    return items.hasNext();
                }

                @Override
                public Object next() {
                    ListValue line = new ListValue();
                    if (!begun) {
                        begun = true;
                        if (Comparison.equal(0L, count, budget)) {
                            return line;
                        }
                    }
                    line.items.add(items.next());
                    while (items.hasNext() && !Comparison.equal((long) line.size(), count, budget)) {
                        budget.step();
                        line.items.add(items.next());
                    }
                    if (!items.hasNext() && bound.some(1)) {
                        while (Comparison.less((long) line.size(), count, budget)) {
                            budget.step();
                            line.items.add(bound.get(1));
                        }
                    }
                    return line;
                }
            };
        }));
    }

    private static Object slice(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("slice", arguments, 1, "slices", "fill_with");
        Budget budget = context.budget();
        return generator(context, new Lazy(() -> {
            ListValue items = Iteration.list(value, budget);
            long slices = bound.integer(0, 0);
            if (slices == 0) {
                throw Failure.of(Kind.ZERO_DIVISION, "integer division or modulo by zero");
            }
            return slices(items, slices, bound.some(1) ? bound.get(1) : null, budget);
        }));
    }

    private static Iterator<Object> slices(ListValue items, long slices, @Nullable Object filler, Budget budget) {
        long each = Math.floorDiv((long) items.size(), slices);
        long longer = Math.floorMod((long) items.size(), slices);
        return new Iterator<>() {
            private long slice;
            private int at;

            @Override
            public boolean hasNext() {
                return slice < slices;
            }

            @Override
            public Object next() {
                budget.elements(each);
                int end = (int) (at + each + (slice < longer ? 1 : 0));
                ListValue part = new ListValue(items.items.subList(at, end));
                if (filler != null && slice >= longer) {
                    part.items.add(filler);
                }
                at = end;
                slice++;
                return part;
            }
        };
    }

    private static Object groupBy(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("groupby", arguments, 1, "attribute", "default", "case_sensitive");
        Budget budget = context.budget();
        Object otherwise = bound.some(1) ? bound.get(1) : null;
        boolean ignoreCase = !bound.truth(2, false);
        AttributePath path = AttributePath.of(bound.get(0), otherwise, ignoreCase, budget);
        AttributePath shown = AttributePath.of(bound.get(0), otherwise, false, budget);
        ListValue items = Iteration.list(value, budget);
        List<Object> keys = new ArrayList<>();
        for (Object item : items.items) {
            keys.add(path.of(item, budget));
        }
        ListValue groups = new ListValue();
        Object key = null;
        ListValue group = new ListValue();
        for (Object item : Sorting.sorted(items.items, keys, false, budget)) {
            Object own = path.of(item, budget);
            if (key == null || !Comparison.equal(key, own, budget)) {
                key = own;
                group = new ListValue();
                groups.items.add(new TupleValue(List.of(shown.of(item, budget), group), true));
            }
            group.items.add(item);
        }
        return groups;
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
