package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.python.Division;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Test;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Characters;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Keys;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.HashMap;
import java.util.Map;

/** All tests by name. */
public final class Tests {

    public static final Map<String, Test> BUILT_IN = builtIn();

    private Tests() {}

    @FunctionalInterface
    private interface Plain {
        boolean holds(Context context, Object value);
    }

    @FunctionalInterface
    private interface Pair {
        boolean holds(Object value, Object other, Budget budget);
    }

    private static Map<String, Test> builtIn() {
        Map<String, Test> tests = new HashMap<>();
        addTypes(tests);
        addComparisons(tests);
        plain(tests, "defined", (context, value) -> !(value instanceof Undefined));
        plain(tests, "undefined", (context, value) -> value instanceof Undefined);
        plain(tests, "odd", (context, value) -> hasRemainder(value, 1L, context));
        plain(tests, "even", (context, value) -> hasRemainder(value, 0L, context));
        pair(
                tests,
                "divisibleby",
                "num",
                (value, number, budget) -> Comparison.equal(Division.modulo(value, number, budget), 0L, budget));
        plain(tests, "filter", (context, value) -> context.filterNamed(hashable(value)) != null);
        plain(tests, "test", (context, value) -> context.testNamed(hashable(value)) != null);
        plain(tests, "lower", (context, value) -> Characters.is("islower", Repr.str(value, context.budget())));
        plain(tests, "upper", (context, value) -> Characters.is("isupper", Repr.str(value, context.budget())));
        plain(tests, "escaped", (context, value) -> value instanceof Markup);
        return Map.copyOf(tests);
    }

    private static void addTypes(Map<String, Test> tests) {
        plain(tests, "none", (context, value) -> value instanceof None);
        plain(tests, "boolean", (context, value) -> value instanceof Boolean);
        plain(tests, "true", (context, value) -> Boolean.TRUE.equals(value));
        plain(tests, "false", (context, value) -> Boolean.FALSE.equals(value));
        plain(tests, "integer", (context, value) -> Types.isInteger(value) && !(value instanceof Boolean));
        plain(tests, "float", (context, value) -> value instanceof Double);
        plain(tests, "number", (context, value) -> Types.isNumber(value));
        plain(tests, "string", (context, value) -> Types.isText(value));
        plain(tests, "mapping", (context, value) -> value instanceof DictValue);
        plain(
                tests,
                "sequence",
                (context, value) -> Types.isText(value)
                        || value instanceof Sequence
                        || value instanceof DictValue
                        || value instanceof Undefined);
        plain(tests, "iterable", (context, value) -> Iteration.possible(value));
        plain(tests, "callable", (context, value) -> Types.isCallable(value));
    }

    private static void addComparisons(Map<String, Test> tests) {
        for (String name : new String[] {"eq", "==", "equalto"}) {
            pair(tests, name, null, Comparison::equal);
        }
        for (String name : new String[] {"ne", "!="}) {
            pair(tests, name, null, (value, other, budget) -> !Comparison.equal(value, other, budget));
        }
        String[][] ordered = {
            {"<", "<", "lt", "lessthan"}, {"<=", "<=", "le"}, {">", ">", "gt", "greaterthan"}, {">=", ">=", "ge"}
        };
        for (String[] names : ordered) {
            for (int i = 1; i < names.length; i++) {
                pair(
                        tests,
                        names[i],
                        null,
                        (value, other, budget) -> Comparison.ordered(names[0], value, other, budget));
            }
        }
        pair(tests, "in", "seq", (value, sequence, budget) -> Comparison.contains(sequence, value, budget));
        pair(tests, "sameas", "other", (value, other, budget) -> isSame(value, other));
    }

    private static boolean hasRemainder(Object value, long wanted, Context context) {
        return Comparison.equal(Division.modulo(value, 2L, context.budget()), wanted, context.budget());
    }

    private static Object hashable(Object value) {
        return Types.isText(value) ? value : Keys.of(value);
    }

    /** Texts and whole numbers that are equal count as one thing, which in Python is up to the compiler. */
    private static boolean isSame(Object value, Object other) {
        return Comparison.same(value, other)
                || ((value instanceof Long || value instanceof String || value instanceof Boolean)
                        && value.equals(other));
    }

    private static void plain(Map<String, Test> tests, String name, Plain body) {
        tests.put(name, (context, value, arguments) -> {
            if (!arguments.isEmpty()) {
                Bound.named(name, arguments, 0);
            }
            return body.holds(context, value);
        });
    }

    /** @param parameter null if it has no name */
    private static void pair(
            Map<String, Test> tests, String name, @org.jspecify.annotations.Nullable String parameter, Pair body) {
        tests.put(name, (context, value, arguments) -> {
            Bound bound = parameter == null
                    ? Bound.positional(name, arguments, 1, 1)
                    : Bound.named(name, arguments, 1, parameter);
            return body.holds(value, bound.get(0), context.budget());
        });
    }
}
