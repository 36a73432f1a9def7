package io.faradaybridge.jinja2;

import org.jspecify.annotations.Nullable;

/**
 * What a name or attribute that nobody knows is: empty when printed, false when asked, an error when used further.
 *
 * @param hint the whole message, if the name does not say enough
 * @param owner what was asked for {@code name}, or null for a variable
 */
record Undefined(@Nullable String hint, @Nullable Object owner, Object name) {

    static Undefined variable(String name) {
        return new Undefined(null, null, name);
    }

    static Undefined because(String hint) {
        return new Undefined(hint, null, "");
    }

    static Undefined member(Object owner, Object name) {
        return new Undefined(null, owner, name);
    }

    String message() {
        if (hint != null) {
            return hint;
        }
        if (owner == null) {
            return Repr.brief(name) + " is undefined";
        }
        String type = owner == None.NONE ? "None" : Types.qualifiedName(owner) + " object";
        if (Types.isText(name)) {
            return "'" + type + "' has no attribute " + Repr.brief(name);
        }
        return type + " has no element " + Repr.brief(name);
    }
}
