package io.faradaybridge.jinja2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, together with the variables around it. */
final class Macro implements Callable {

    /**
     * What the source says of a macro.
     *
     * @param name null for the body of a call block
     * @param defaults of the last parameters
     * @param caller where the body of a call block goes if the macro asks for it, likewise the others
     * @param explicitCaller it is one of the parameters
     */
    record Definition(
            @Nullable String name,
            List<VariableRef> parameters,
            List<Expression> defaults,
            ScopeBuilder.Scope scope,
            @Nullable VariableRef caller,
            @Nullable VariableRef kwargs,
            @Nullable VariableRef varargs,
            boolean usesCaller,
            boolean explicitCaller,
            Statement body) {

        int depth() {
            return 8 + Math.max(body.depth, Expression.deepest(defaults));
        }
    }

    private final Definition definition;
    private final Activation around;
    private final boolean autoescape;

    Macro(Definition definition, Activation around, boolean autoescape) {
        this.definition = definition;
        this.around = around;
        this.autoescape = autoescape;
    }

    @Nullable
    String name() {
        return definition.name();
    }

    @Nullable
    Object attribute(String attribute) {
        return switch (attribute) {
            case "name" -> definition.name() == null ? None.NONE : definition.name();
            case "arguments" ->
                TupleValue.of(definition.parameters().stream()
                        .<Object>map(VariableRef::name)
                        .toList());
            case "catch_kwargs" -> definition.kwargs() != null;
            case "catch_varargs" -> definition.varargs() != null;
            case "caller" -> definition.usesCaller();
            default -> null;
        };
    }

    @Override
    public Object call(Context context, Arguments arguments) {
        Activation own = new Activation(definition.scope().function.slots, around);
        context.budget().elements(8L + definition.scope().function.slots);
        bind(own, arguments);
        Activation before = context.activation();
        int depth = definition.depth();
        context.budget().enter(depth);
        context.activate(own);
        try {
            String text = context.captureText(() -> context.withAutoescape(autoescape, () -> write(context, own)));
            return context.safe(text);
        } finally {
            context.activate(before);
            context.budget().leave(depth);
        }
    }

    private void write(Context context, Activation own) {
        context.enter(definition.scope());
        List<VariableRef> parameters = definition.parameters();
        int firstDefault = parameters.size() - definition.defaults().size();
        for (int i = 0; i < parameters.size(); i++) {
            VariableRef parameter = parameters.get(i);
            if (own.get(parameter) == Activation.MISSING) {
                Object value = i < firstDefault
                        ? Undefined.because("parameter '" + parameter.name() + "' was not provided")
                        : definition.defaults().get(i - firstDefault).evaluate(context);
                own.set(parameter, value);
            }
        }
        definition.body().execute(context);
    }

    private void bind(Activation own, Arguments arguments) {
        List<VariableRef> parameters = definition.parameters();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        int positional = Math.min(arguments.count(), parameters.size());
        boolean foundCaller = positional == parameters.size() && definition.explicitCaller();
        for (int i = 0; i < positional; i++) {
            own.set(parameters.get(i), arguments.positional().get(i));
        }
        for (int i = positional; i < parameters.size(); i++) {
            String parameter = parameters.get(i).name();
            Object value = named.remove(parameter);
            foundCaller |= parameter.equals("caller");
            if (value != null) {
                own.set(parameters.get(i), value);
            }
        }
        if (definition.usesCaller() && !foundCaller) {
            Object caller = named.remove("caller");
            if (definition.caller() != null) {
                own.set(
                        definition.caller(),
                        caller == null || caller == None.NONE ? Undefined.because("No caller defined") : caller);
            }
        }
        String name = definition.name() == null ? "None" : "'" + definition.name() + "'";
        if (definition.kwargs() != null) {
            DictValue rest = new DictValue();
            named.forEach(rest::put);
            own.set(definition.kwargs(), rest);
        } else if (!named.isEmpty()) {
            throw Failure.type(
                    named.containsKey("caller")
                            ? "macro " + name + " was invoked with two values for the special caller argument."
                                    + " This is most likely a bug."
                            : "macro " + name + " takes no keyword argument '"
                                    + named.keySet().iterator().next() + "'");
        }
        if (definition.varargs() != null) {
            own.set(definition.varargs(), TupleValue.of(arguments.positional().subList(positional, arguments.count())));
        } else if (arguments.count() > parameters.size()) {
            throw Failure.type("macro " + name + " takes not more than " + parameters.size() + " argument(s)");
        }
    }

    /** {@code macro name(parameters)} ... {@code endmacro}. */
    static final class Define extends Statement {
        private final Target target;
        private final Definition definition;

        Define(int line, Target target, Definition definition) {
            super(line, 1 + definition.depth());
            this.target = target;
            this.definition = definition;
        }

        @Override
        void execute(Context context) {
            context.budget().step();
            target.assign(context, new Macro(definition, context.activation(), context.autoescape()));
        }
    }

    /** {@code call(parameters) macro(arguments)} ... {@code endcall}. */
    static final class CallBlock extends Statement {
        private final Calls.Call call;
        private final Definition caller;

        CallBlock(int line, Calls.Call call, Definition caller) {
            super(line, 1 + Math.max(call.depth, caller.depth()));
            this.call = call;
            this.caller = caller;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            Macro macro = new Macro(caller, context.activation(), context.autoescape());
            context.append(Repr.str(call.evaluate(context, macro), context.budget()));
        }
    }
}
