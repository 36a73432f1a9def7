package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.Attributes;
import io.faradaybridge.jinja2.python.Methods;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, filters and tests, and the macros that calls are made to. */
public sealed interface Invocation extends Expression {

    /**
     * What stands in the brackets of a call.
     *
     * @param more a list that continues the positional arguments
     * @param moreNamed a dict that continues the named ones
     */
    public record ArgumentList(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression more,
            @Nullable Expression moreNamed) {

        public static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), null, null);

        /** With one more that counts before any other of its name. */
        public ArgumentList with(String name, Expression value) {
            Map<String, Expression> all = new LinkedHashMap<>(named);
            all.put(name, value);
            return new ArgumentList(positional, all, more, moreNamed);
        }

        Arguments evaluate(Context context) {
            if (positional.isEmpty() && named.isEmpty() && more == null && moreNamed == null) {
                return Arguments.NONE;
            }
            List<Object> values = new ArrayList<>(positional.size());
            for (Expression argument : positional) {
                values.add(argument.evaluate(context));
            }
            if (more != null) {
                Object rest = more.evaluate(context);
                if (!Iteration.possible(rest)) {
                    throw Failure.type("argument after * must be an iterable, not " + Types.name(rest));
                }
                Iteration.fill(values, rest, context.budget());
            }
            if (named.isEmpty() && moreNamed == null) {
                return new Arguments(values, Map.of());
            }
            Map<String, Object> byName = new LinkedHashMap<>();
            for (Map.Entry<String, Expression> argument : named.entrySet()) {
                byName.put(argument.getKey(), argument.getValue().evaluate(context));
            }
            if (moreNamed != null) {
                addNamed(byName, moreNamed.evaluate(context), context.budget());
            }
            return new Arguments(values, byName);
        }

        private static void addNamed(Map<String, Object> byName, Object rest, Budget budget) {
            if (rest instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!(rest instanceof DictValue dict)) {
                throw Failure.type("argument after ** must be a mapping, not " + Types.name(rest));
            }
            budget.elements(8L * dict.size());
            for (DictValue.Item item : dict.items()) {
                if (!Types.isText(item.key)) {
                    throw Failure.type("keywords must be strings");
                }
                if (byName.put(item.key.toString(), item.value) != null) {
                    throw Failure.type("got multiple values for keyword argument '" + item.key + "'");
                }
            }
        }
    }

    record Call(int line, Expression callee, ArgumentList arguments) implements Invocation {

        @Override
        public Object value(Context context) {
            Budget budget = context.budget();
            if (!(callee instanceof Operation.Attribute attribute)) {
                return call(callee.evaluate(context), arguments.evaluate(context), budget);
            }
            Object owner = attribute.owner().evaluate(context);
            if (!Methods.has(owner, attribute.name())) {
                Object member = Attributes.attribute(owner, attribute.name());
                return call(member, arguments.evaluate(context), budget);
            }
            Object result = Methods.call(owner, attribute.name(), arguments.evaluate(context), budget);
            return result == null ? None.NONE : result;
        }

        private static Object call(Object function, Arguments given, Budget budget) {
            if (function instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!(function instanceof Callable callable)) {
                throw Failure.type("'" + Types.name(function) + "' object is not callable");
            }
            return callable.call(given, budget);
        }
    }

    /**
     * {@code value|name(arguments)}.
     *
     * @param input null if it is the text of a block
     * @param filter null if there is none of that name, which is an error only when it is used
     */
    record Filtered(
            int line,
            @Nullable Expression input,
            String name,
            @Nullable Filter filter,
            ArgumentList arguments) implements Invocation {

        @Override
        public Object value(Context context) {
            Object filtered = input == null ? context.filtered() : input.evaluate(context);
            if (filter == null) {
                throw Failure.of(Kind.TEMPLATE, "No filter named '" + name + "' found.");
            }
            Arguments given = arguments.evaluate(context);
            return filter.apply(context, filtered, given);
        }
    }

    /** {@code value is name(arguments)}; without a test if there is none of that name. */
    record Tested(
            int line,
            Expression input,
            String name,
            @Nullable Test test,
            ArgumentList arguments) implements Invocation {

        @Override
        public Object value(Context context) {
            Object tested = input.evaluate(context);
            if (test == null) {
                throw Failure.of(Kind.TEMPLATE, "No test named '" + name + "' found.");
            }
            return test.holds(context, tested, arguments.evaluate(context));
        }
    }

    /** A macro, or the body of a call block, with the variables that are around it now. */
    record Closure(int line, Macro.Definition definition) implements Invocation {

        @Override
        public Object value(Context context) {
            return new Macro(definition, context);
        }
    }
}
