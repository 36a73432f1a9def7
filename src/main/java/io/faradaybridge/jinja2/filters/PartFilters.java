package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Lazy;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Sorting;
import io.faradaybridge.jinja2.values.TupleValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters that make several lists of one: by number, by size, by an attribute. */
final class PartFilters {

    private PartFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("batch", PartFilters::batch);
        filters.put("slice", PartFilters::slice);
        filters.put("groupby", PartFilters::groupBy);
    }

    private static Object batch(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("batch", arguments, 1, "linecount", "fill_with");
        Budget budget = context.budget();
        Object count = bound.get(0);
        return SequenceFilters.generator(context, new Lazy(() -> {
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
        return SequenceFilters.generator(context, new Lazy(() -> {
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
}
