package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.runtime.Test;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Keys;
import io.faradaybridge.jinja2.values.Lazy;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The filters that go through a list item by item: map, select, reject, unique. They work when the items are needed. */
final class SelectionFilters {

    private SelectionFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("unique", SelectionFilters::unique);
        filters.put("select", (context, value, arguments) -> select(context, value, arguments, true, false));
        filters.put("reject", (context, value, arguments) -> select(context, value, arguments, false, false));
        filters.put("selectattr", (context, value, arguments) -> select(context, value, arguments, true, true));
        filters.put("rejectattr", (context, value, arguments) -> select(context, value, arguments, false, true));
    }

    private static Object map(Context context, Object value, Arguments arguments) {
        return SequenceFilters.generator(context, new Lazy(() -> {
            if (!Iteration.truth(value)) {
                return Collections.emptyIterator();
            }
            Function<Object, Object> rule = mapping(context, arguments);
            Iterator<Object> items = Iteration.of(value);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return items.hasNext();
                }

                @Override
                public Object next() {
                    return rule.apply(items.next());
                }
            };
        }));
    }

    private static Function<Object, Object> mapping(Context context, Arguments arguments) {
        Budget budget = context.budget();
        Object attribute = arguments.named().get("attribute");
        if (arguments.count() == 0 && attribute != null) {
            Arguments rest = arguments.without("attribute").without("default");
            if (!rest.named().isEmpty()) {
                throw Failure.of(
                        Kind.FILTER_ARGUMENT,
                        "Unexpected keyword argument "
                                + Repr.brief(rest.named().keySet().iterator().next()));
            }
            AttributePath path = AttributePath.of(attribute, arguments.named().get("default"), false, budget);
            return item -> path.of(item, budget);
        }
        if (arguments.count() == 0) {
            throw Failure.of(Kind.FILTER_ARGUMENT, "map requires a filter argument");
        }
        Object name = arguments.positional().get(0);
        Arguments rest = arguments.after(1);
        return item -> {
            Filter filter = context.filterNamed(name);
            if (filter == null) {
                throw missing("filter", name);
            }
            return filter.apply(context, item, rest);
        };
    }

    private static Failure missing(String kind, Object name) {
        if (name instanceof ListValue || name instanceof DictValue) {
            return Failure.type("unhashable type: '" + Types.name(name) + "'");
        }
        String hint = name instanceof Undefined undefined
                ? " (" + undefined.message() + "; did you forget to quote the callable name?)"
                : "";
        return Failure.of(Kind.TEMPLATE, "No " + kind + " named " + Repr.brief(name) + "." + hint);
    }

    private static Object select(
            Context context, Object value, Arguments arguments, boolean wanted, boolean byAttribute) {
        Budget budget = context.budget();
        return SequenceFilters.generator(context, new Lazy(() -> {
            if (!Iteration.truth(value)) {
                return Collections.emptyIterator();
            }
            AttributePath path = null;
            Arguments test = arguments;
            if (byAttribute) {
                if (arguments.count() == 0) {
                    throw Failure.of(Kind.FILTER_ARGUMENT, "Missing parameter for attribute name");
                }
                path = AttributePath.of(arguments.positional().get(0), null, false, budget);
                test = arguments.after(1);
            }
            Predicate<Object> rule = rule(context, path, test);
            return Iteration.matching(Iteration.of(value), item -> {
                budget.step();
                return rule.test(item) == wanted;
            });
        }));
    }

    private static Predicate<Object> rule(Context context, @Nullable AttributePath path, Arguments arguments) {
        Budget budget = context.budget();
        Function<Object, Object> part = path == null ? item -> item : item -> path.of(item, budget);
        if (arguments.count() == 0) {
            return item -> Iteration.truth(part.apply(item));
        }
        Object name = arguments.positional().get(0);
        Arguments rest = arguments.after(1);
        return item -> {
            Object tested = part.apply(item);
            Test test = context.testNamed(name);
            if (test == null) {
                throw missing("test", name);
            }
            return test.holds(context, tested, rest);
        };
    }

    private static Object unique(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("unique", arguments, 0, "case_sensitive", "attribute");
        Budget budget = context.budget();
        AttributePath path = AttributePath.of(bound.get(1, None.NONE), null, !bound.truth(0, false), budget);
        return SequenceFilters.generator(context, new Lazy(() -> {
            Set<Object> seen = new HashSet<>();
            return Iteration.matching(Iteration.of(value), item -> {
                budget.step();
                return seen.add(Keys.of(path.of(item, budget)));
            });
        }));
    }
}
