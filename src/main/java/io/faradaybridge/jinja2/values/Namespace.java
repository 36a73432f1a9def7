package io.faradaybridge.jinja2.values;

import org.jspecify.annotations.Nullable;

/** What {@code namespace()} gives: the one thing whose attributes a template may set. */
public record Namespace(DictValue attributes) implements JinjaObject {

    @Override
    public String qualifiedType() {
        return "jinja2.utils.Namespace";
    }

    @Override
    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }
}
