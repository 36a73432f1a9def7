package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.Types;

/** A method of a value, taken but not yet called. */
record BoundMethod(Object owner, String name) implements Callable {

    @Override
    public String type() {
        return "builtin_function_or_method";
    }

    @Override
    public String repr() {
        return "<built-in method " + name + " of " + Types.name(owner) + " object>";
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        Object result = Methods.call(owner, name, arguments, budget);
        if (result == null) {
            throw Failure.of(
                    TemplateRenderException.Kind.ATTRIBUTE,
                    "'" + Types.name(owner) + "' object has no attribute '" + name + "'");
        }
        return result;
    }
}
