package io.faradaybridge.jinja2;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The limits, filters, tests and functions of templates. Immutable: each {@code with} gives another one. */
public final class Environment {

    /** What Jinja2 has by itself, and Faraday's {@code datetimeformat}. */
    public static final Environment DEFAULT = new Environment(
            Limits.DEFAULT, Filters.BUILT_IN, Tests.BUILT_IN, Map.copyOf(GlobalFunction.BUILT_IN), null);

    private final Limits limits;
    private final Map<String, Filter> filters;
    private final Map<String, Test> tests;
    private final Map<String, Object> globals;
    private final @Nullable Supplier<Escaping> escaping;

    private Environment(
            Limits limits,
            Map<String, Filter> filters,
            Map<String, Test> tests,
            Map<String, Object> globals,
            @Nullable Supplier<Escaping> escaping) {
        this.limits = limits;
        this.filters = filters;
        this.tests = tests;
        this.globals = globals;
        this.escaping = escaping;
    }

    /** @param one a fresh one for each rendering */
    public Environment withEscaping(Supplier<Escaping> one) {
        return new Environment(limits, filters, tests, globals, one);
    }

    public Environment withLimits(Limits other) {
        return new Environment(other, filters, tests, globals, escaping);
    }

    /** {@code value|name} calls the function with the value first. */
    public Environment withFilter(String name, TemplateFunction function) {
        return withFilter(
                name, (context, value, arguments) -> GlobalFunction.call(function, value, arguments, context.budget()));
    }

    /** {@code name(...)} calls the function, unless the data have something of that name. */
    public Environment withFunction(String name, TemplateFunction function) {
        return new Environment(
                limits, filters, tests, with(globals, name, GlobalFunction.of(name, function)), escaping);
    }

    Environment withFilter(String name, Filter filter) {
        return new Environment(limits, with(filters, name, filter), tests, globals, escaping);
    }

    Environment withTest(String name, Test test) {
        return new Environment(limits, filters, with(tests, name, test), globals, escaping);
    }

    private static <T> Map<String, T> with(Map<String, T> known, String name, T added) {
        Map<String, T> more = new HashMap<>(known);
        more.put(name, added);
        return Map.copyOf(more);
    }

    /** For one rendering; null: HTML's, where the template asks for it. */
    @Nullable
    Escaping escaping() {
        return escaping == null ? null : escaping.get();
    }

    Limits limits() {
        return limits;
    }

    @Nullable
    Filter filter(String name) {
        return filters.get(name);
    }

    @Nullable
    Test test(String name) {
        return tests.get(name);
    }

    @Nullable
    Object global(String name) {
        return globals.get(name);
    }
}
