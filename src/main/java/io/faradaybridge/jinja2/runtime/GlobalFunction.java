package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.api.TemplateFunction;
import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.DataCopy;
import io.faradaybridge.jinja2.python.DictMethods;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Namespace;
import io.faradaybridge.jinja2.values.RangeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function that every template has, or that the program adds.
 *
 * @param repr how Python prints it
 */
public record GlobalFunction(String name, String type, String repr, Callable body) implements Callable {

    public static final Map<String, Object> BUILT_IN = Map.of(
            "range", built("range", "type", "<class 'range'>", (arguments, budget) -> range(arguments)),
            "dict", built("dict", "type", "<class 'dict'>", GlobalFunction::dict),
            "cycler",
                    built("cycler", "type", "<class 'jinja2.utils.Cycler'>", (arguments, budget) -> cycler(arguments)),
            "joiner",
                    built("joiner", "type", "<class 'jinja2.utils.Joiner'>", (arguments, budget) -> joiner(arguments)),
            "namespace", built("namespace", "type", "<class 'jinja2.utils.Namespace'>", GlobalFunction::namespace),
            "lipsum",
                    built("lipsum", "function", "<function generate_lorem_ipsum>", (arguments, budget) -> {
                        throw Failure.of(
                                Kind.TEMPLATE,
                                "lipsum() makes texts at random, which a rendering that is repeated must not be");
                    }));

    private static GlobalFunction built(String name, String type, String repr, Callable body) {
        return new GlobalFunction(name, type, repr, body);
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        return body.call(arguments, budget);
    }

    private static Object range(Arguments arguments) {
        Bound bound = Bound.positional("range", arguments, 1, 3);
        for (int i = 0; i < arguments.count(); i++) {
            Object number = arguments.positional().get(i);
            if (number instanceof java.math.BigInteger || Math.abs(bound.integer(i, 0)) > Long.MAX_VALUE / 4) {
                throw Failure.limit("range() goes to no number this large");
            }
        }
        long first = bound.integer(0, 0);
        long step = bound.integer(2, 1);
        if (step == 0) {
            throw Failure.value("range() arg 3 must not be zero");
        }
        return bound.given(1) ? new RangeValue(first, bound.integer(1, 0), step) : new RangeValue(0, first, 1);
    }

    private static Object dict(Arguments arguments, Budget budget) {
        DictValue dict = new DictValue();
        DictMethods.update(dict, "dict", arguments, budget);
        return dict;
    }

    private static Object cycler(Arguments arguments) {
        if (!arguments.named().isEmpty()) {
            throw Failure.type("cycler() got an unexpected keyword argument");
        }
        if (arguments.count() == 0) {
            throw Failure.of(Kind.RUNTIME, "at least one item has to be provided");
        }
        return new Cycler(arguments.positional());
    }

    private static Object joiner(Arguments arguments) {
        return new Joiner(Bound.named("joiner", arguments, 0, "sep").get(0, ", "));
    }

    private static Object namespace(Arguments arguments, Budget budget) {
        return new Namespace((DictValue) dict(arguments, budget));
    }

    /** A function of the program, which sees and gives plain Java. */
    public static GlobalFunction of(String name, TemplateFunction function) {
        return built(
                name,
                "function",
                "<function " + name + ">",
                (arguments, budget) -> call(function, null, arguments, budget));
    }

    public static Object call(TemplateFunction function, @Nullable Object first, Arguments arguments, Budget budget) {
        Arguments all = first == null ? arguments : arguments.prepended(first);
        java.util.List<@Nullable Object> positional = new java.util.ArrayList<>();
        for (Object argument : all.positional()) {
            positional.add(DataCopy.toJava(argument, budget));
        }
        Map<String, @Nullable Object> named = new java.util.LinkedHashMap<>();
        all.named().forEach((key, value) -> named.put(key, DataCopy.toJava(value, budget)));
        Object result;
        try {
            result = function.call(positional, named);
        } catch (IllegalArgumentException e) {
            throw Failure.value(String.valueOf(e.getMessage()));
        }
        if (result instanceof CharSequence text) {
            budget.text(text.length());
        }
        return new DataCopy(budget).of(result);
    }
}
