package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.Callable;
import java.util.HashMap;
import java.util.Map;

/** The filters, tests and functions that templates can name. */
public record Library(Map<String, Filter> filters, Map<String, Test> tests, Map<String, Object> globals) {

    public Library withFilter(String name, Filter filter) {
        return new Library(with(filters, name, filter), tests, globals);
    }

    public Library withTest(String name, Test test) {
        return new Library(filters, with(tests, name, test), globals);
    }

    public Library withFunction(String name, Callable function) {
        return new Library(filters, tests, with(globals, name, function));
    }

    private static <T> Map<String, T> with(Map<String, T> known, String name, T added) {
        Map<String, T> more = new HashMap<>(known);
        more.put(name, added);
        return Map.copyOf(more);
    }
}
