package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.api.Escaping;
import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateFunction;
import io.faradaybridge.jinja2.filters.Filters;
import io.faradaybridge.jinja2.filters.Tests;
import io.faradaybridge.jinja2.runtime.GlobalFunction;
import io.faradaybridge.jinja2.runtime.Library;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The limits, filters, tests and functions of templates. Immutable: each {@code with} gives another one. */
public final class Environment {

    /** What Jinja2 has by itself, and Faraday's {@code datetimeformat}. */
    public static final Environment DEFAULT = new Environment(
            Limits.DEFAULT, new Library(Filters.BUILT_IN, Tests.BUILT_IN, Map.copyOf(GlobalFunction.BUILT_IN)), null);

    private final Limits limits;
    private final Library library;
    private final @Nullable Supplier<Escaping> escaping;

    private Environment(Limits limits, Library library, @Nullable Supplier<Escaping> escaping) {
        this.limits = limits;
        this.library = library;
        this.escaping = escaping;
    }

    /** @param one a fresh one for each rendering */
    public Environment withEscaping(Supplier<Escaping> one) {
        return new Environment(limits, library, one);
    }

    public Environment withLimits(Limits other) {
        return new Environment(other, library, escaping);
    }

    /** {@code value|name} calls the function with the value first. */
    public Environment withFilter(String name, TemplateFunction function) {
        return with(library.withFilter(
                name,
                (context, value, arguments) -> GlobalFunction.call(function, value, arguments, context.budget())));
    }

    /** {@code name(...)} calls the function, unless the data have something of that name. */
    public Environment withFunction(String name, TemplateFunction function) {
        return with(library.withFunction(name, GlobalFunction.of(name, function)));
    }

    public Environment with(Library other) {
        return new Environment(limits, other, escaping);
    }

    /** The names of all filters. */
    public Set<String> filters() {
        return library.filters().keySet();
    }

    public Limits limits() {
        return limits;
    }

    public Library library() {
        return library;
    }

    /** For one rendering; null: HTML's, where the template asks for it. */
    @Nullable
    public Escaping escaping() {
        return escaping == null ? null : escaping.get();
    }
}
