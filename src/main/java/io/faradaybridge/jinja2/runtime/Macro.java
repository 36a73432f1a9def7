package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, together with the variables around it. */
public final class Macro implements Callable {

    /**
     * What the source says of a macro.
     *
     * @param name null for the body of a call block
     * @param defaults of the last parameters
     * @param caller where the body of a call block goes if the macro asks for it, likewise the others
     * @param explicitCaller it is one of the parameters
     */
    public record Definition(
            @Nullable String name,
            List<VariableRef> parameters,
            List<Expression> defaults,
            @Nullable VariableRef caller,
            @Nullable VariableRef kwargs,
            @Nullable VariableRef varargs,
            boolean usesCaller,
            boolean explicitCaller,
            Statement.Part part) {}

    private final Definition definition;
    private final Context context;
    private final Activation around;
    private final boolean autoescape;

    Macro(Definition definition, Context context) {
        this.definition = definition;
        this.context = context;
        this.around = context.activation();
        this.autoescape = context.autoescape();
    }

    @Override
    public String qualifiedType() {
        return "jinja2.runtime.Macro";
    }

    @Override
    public String repr() {
        return "<Macro " + (definition.name() == null ? "anonymous" : Repr.quote(definition.name())) + ">";
    }

    @Override
    public @Nullable Object attribute(String attribute) {
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
    public Object call(Arguments arguments, Budget budget) {
        int slots = definition.part().scope().slots();
        Activation own = new Activation(slots, around);
        bind(own, arguments);
        return context.safe(context.captureText(
                () -> context.within(own, () -> context.withAutoescape(autoescape, () -> write(own)))));
    }

    private void write(Activation own) {
        context.enter(definition.part().scope());
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
        definition.part().body().run(context);
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
                boolean none = caller == null || caller == None.NONE;
                own.set(definition.caller(), none ? Undefined.because("No caller defined") : caller);
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
}
