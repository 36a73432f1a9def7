package io.faradaybridge.jinja2;

/** A method of a value, taken but not yet called. */
record BoundMethod(Object owner, String name) implements Callable {

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
