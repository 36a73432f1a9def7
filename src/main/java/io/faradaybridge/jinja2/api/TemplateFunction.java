package io.faradaybridge.jinja2.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter or function that the program gives to its templates. It must not block, and be safe for many threads. */
@FunctionalInterface
public interface TemplateFunction {

    /**
     * @param positional texts, Longs, Doubles, Booleans, dates of java.time, lists, maps, and null for None and what is
     *     undefined; for a filter the filtered value comes first
     * @param named likewise
     * @return any of those
     * @throws IllegalArgumentException to end the rendering with this message for the template's author
     */
    @Nullable
    Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named);
}
