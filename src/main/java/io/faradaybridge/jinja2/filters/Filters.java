package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.python.TextMethods;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import java.util.HashMap;
import java.util.Map;

/** All filters by name. */
public final class Filters {

    public static final Map<String, Filter> BUILT_IN = builtIn();

    private Filters() {}

    private static Map<String, Filter> builtIn() {
        Map<String, Filter> filters = new HashMap<>();
        TextFilters.addTo(filters);
        HtmlFilters.addTo(filters);
        NumberFilters.addTo(filters);
        SequenceFilters.addTo(filters);
        PartFilters.addTo(filters);
        SelectionFilters.addTo(filters);
        return Map.copyOf(filters);
    }

    /** A filter without arguments. */
    @FunctionalInterface
    interface Plain {
        Object apply(Context context, Object value);
    }

    public static Filter plain(String name, Plain body) {
        return (context, value, arguments) -> {
            if (!arguments.isEmpty()) {
                Bound.named(name, arguments, 0);
            }
            return body.apply(context, value);
        };
    }

    /** As a text; one that is safe HTML stays so. */
    static Object softText(Object value, Budget budget) {
        return Types.isText(value) ? value : Repr.str(value, budget);
    }

    /** A text made of another, as safe as that was. */
    static Object like(Object text, String result) {
        return text instanceof Markup ? new Markup(result) : result;
    }

    static Object method(Context context, Object value, String name, Object... arguments) {
        Object text = softText(value, context.budget());
        return new TextMethods(text, context.budget()).call(name, Arguments.of(arguments));
    }
}
