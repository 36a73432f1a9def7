package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, filters and tests. */
final class Calls {

    private Calls() {}

    /**
     * What stands in the brackets of a call.
     *
     * @param more a list that continues the positional arguments
     * @param moreNamed a dict that continues the named ones
     */
    record ArgumentList(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression more,
            @Nullable Expression moreNamed) {

        static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), null, null);

        int depth() {
            int deepest = Math.max(Expression.deepest(positional), Expression.deepest(named.values()));
            deepest = Math.max(deepest, more == null ? 0 : more.depth);
            return Math.max(deepest, moreNamed == null ? 0 : moreNamed.depth);
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
            context.budget().elements(8L * named.size());
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
                throw Failure.undefined(undefined);
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

    static final class Call extends Expression {
        private final Expression callee;
        private final ArgumentList arguments;

        Call(int line, Expression callee, ArgumentList arguments) {
            super(line, 1 + Math.max(callee.depth, arguments.depth()));
            this.callee = callee;
            this.arguments = arguments;
        }

        @Override
        Object evaluate(Context context) {
            return evaluate(context, null);
        }

        /** @param caller what a call block gives besides the arguments */
        Object evaluate(Context context, @Nullable Macro caller) {
            if (caller == null && callee instanceof Operations.Attribute attribute) {
                Object owner = attribute.owner.evaluate(context);
                context.at(line);
                if (Methods.has(owner, attribute.name)) {
                    Arguments given = arguments.evaluate(context);
                    context.at(line);
                    context.budget().step();
                    Object result = Methods.call(owner, attribute.name, given, context.budget());
                    return result == null ? None.NONE : result;
                }
                return call(context, Attributes.attribute(owner, attribute.name), null);
            }
            return call(context, callee.evaluate(context), caller);
        }

        private Object call(Context context, Object function, @Nullable Macro caller) {
            Arguments given = arguments.evaluate(context);
            context.at(line);
            context.budget().step();
            if (function instanceof Undefined undefined) {
                throw Failure.undefined(undefined);
            }
            if (!(function instanceof Callable callable)) {
                throw Failure.type("'" + Types.name(function) + "' object is not callable");
            }
            return callable.call(context, caller == null ? given : given.with("caller", caller));
        }
    }

    /** {@code value|name(arguments)}. */
    static final class Filtered extends Expression {
        private final @Nullable Expression value;
        private final String name;
        private final @Nullable Filter filter;
        private final ArgumentList arguments;

        /**
         * @param value null if it is the text of a block
         * @param filter null if there is none of that name, which is an error only when it is used
         */
        Filtered(int line, @Nullable Expression value, String name, @Nullable Filter filter, ArgumentList arguments) {
            super(line, 1 + Math.max(value == null ? 0 : value.depth, arguments.depth()));
            this.value = value;
            this.name = name;
            this.filter = filter;
            this.arguments = arguments;
        }

        @Override
        Object evaluate(Context context) {
            return apply(context, value == null ? context.filtered() : value.evaluate(context));
        }

        private Object apply(Context context, Object input) {
            if (filter == null) {
                context.at(line);
                throw Failure.of(Kind.TEMPLATE, "No filter named '" + name + "' found.");
            }
            Arguments given = arguments.evaluate(context);
            context.at(line);
            context.budget().step();
            context.budget().filter();
            return filter.apply(context, input, given);
        }
    }

    /** {@code value is name(arguments)}. */
    static final class Tested extends Expression {
        private final Expression value;
        private final String name;
        private final @Nullable Test test;
        private final ArgumentList arguments;

        Tested(int line, Expression value, String name, @Nullable Test test, ArgumentList arguments) {
            super(line, 1 + Math.max(value.depth, arguments.depth()));
            this.value = value;
            this.name = name;
            this.test = test;
            this.arguments = arguments;
        }

        @Override
        Object evaluate(Context context) {
            Object input = value.evaluate(context);
            if (test == null) {
                context.at(line);
                throw Failure.of(Kind.TEMPLATE, "No test named '" + name + "' found.");
            }
            Arguments given = arguments.evaluate(context);
            context.at(line);
            context.budget().step();
            return test.holds(context, input, given);
        }
    }

    /** An iterator over the items that pass. */
    static Iterator<Object> matching(Iterator<Object> items, java.util.function.Predicate<Object> rule) {
        return new Iterator<>() {
            private @Nullable Object next;

            @Override
            public boolean hasNext() {
                while (next == null && items.hasNext()) {
                    Object candidate = items.next();
                    if (rule.test(candidate)) {
                        next = candidate;
                    }
                }
                return next != null;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new java.util.NoSuchElementException();
                }
                Object item = java.util.Objects.requireNonNull(next);
                next = null;
                return item;
            }
        };
    }
}
