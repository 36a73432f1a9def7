package io.faradaybridge.jinja2.values;

import org.jspecify.annotations.Nullable;

/** Something of Jinja2's own that a template can hold, such as a loop, a macro or a function. */
public interface JinjaObject {

    /** What Python's messages call its type. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** Likewise, with the module that it is from. */
    default String qualifiedType() {
        return type();
    }

    default String repr() {
        return "<" + type() + " object>";
    }

    /** Null where Python raises an AttributeError. */
    default @Nullable Object attribute(String name) {
        return null;
    }

    /** {@code object['key']}, null if it has no items. */
    default @Nullable Object item(String key) {
        return null;
    }

    default boolean hasMethod(String name) {
        return false;
    }

    /** One of its methods. */
    default Object call(String name, Arguments arguments) {
        throw new IllegalArgumentException(name);
    }
}
