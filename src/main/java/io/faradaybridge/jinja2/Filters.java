package io.faradaybridge.jinja2;

import java.util.HashMap;
import java.util.Map;

/** All filters by name. */
final class Filters {

    static final Map<String, Filter> BUILT_IN = builtIn();

    private Filters() {}

    private static Map<String, Filter> builtIn() {
        Map<String, Filter> filters = new HashMap<>();
        TextFilters.addTo(filters);
        HtmlFilters.addTo(filters);
        NumberFilters.addTo(filters);
        SequenceFilters.addTo(filters);
        SelectionFilters.addTo(filters);
        return Map.copyOf(filters);
    }

    /** A filter without arguments. */
    @FunctionalInterface
    interface Plain {
        Object apply(Context context, Object value);
    }

    static Filter plain(String name, Plain body) {
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
