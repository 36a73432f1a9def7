package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a name or attribute that nobody knows is: empty when printed, false when asked, an error when used further.
 *
 * @param hint the whole message, if the name does not say enough
 * @param owner what was asked for {@code name}, or null for a variable
 */
public record Undefined(@Nullable String hint, @Nullable Object owner, Object name) {

    public static Undefined variable(String name) {
        return new Undefined(null, null, name);
    }

    public static Undefined because(String hint) {
        return new Undefined(hint, null, "");
    }

    public static Undefined member(Object owner, Object name) {
        return new Undefined(null, owner, name);
    }

    public Failure failure() {
        return Failure.of(Kind.UNDEFINED, message());
    }

    public String message() {
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
