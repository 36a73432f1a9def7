package io.faradaybridge.jinja2;

import java.time.temporal.Temporal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of values, each type's in its own class. */
final class Methods {

    private static final Set<String> OF_INTEGER = Set.of("bit_length", "bit_count", "conjugate", "as_integer_ratio");

    private Methods() {}

    static boolean has(Object owner, String name) {
        if (owner instanceof String) {
            return TextMethods.NAMES.contains(name);
        } else if (owner instanceof Markup) {
            return TextMethods.NAMES.contains(name) || TextMethods.OF_MARKUP.contains(name);
        } else if (owner instanceof DictValue) {
            return DictMethods.NAMES.contains(name);
        } else if (owner instanceof ListValue) {
            return ListMethods.NAMES.contains(name);
        } else if (owner instanceof TupleValue || owner instanceof RangeValue) {
            return name.equals("count") || name.equals("index");
        } else if (owner instanceof Temporal) {
            return DateMethods.NAMES.contains(name);
        } else if (owner instanceof Double) {
            return FloatMethods.NAMES.contains(name);
        } else if (Types.isInteger(owner)) {
            return OF_INTEGER.contains(name);
        } else if (owner instanceof Cycler) {
            return name.equals("next") || name.equals("reset");
        } else if (owner instanceof Loop) {
            return name.equals("cycle") || name.equals("changed");
        }
        return false;
    }

    /** Null if there is no such method. */
    static @Nullable Object call(Object owner, String name, Arguments arguments, Budget budget) {
        if (!has(owner, name)) {
            return null;
        }
        if (Types.isText(owner)) {
            return new TextMethods(owner, budget).call(name, arguments);
        } else if (owner instanceof DictValue dict) {
            return DictMethods.call(dict, name, arguments, budget);
        } else if (owner instanceof ListValue list) {
            return ListMethods.call(list, name, arguments, budget);
        } else if (owner instanceof Sequence sequence) {
            return ListMethods.find(sequence, name, arguments, budget);
        } else if (owner instanceof Temporal date) {
            return DateMethods.call(date, name, arguments, budget);
        } else if (owner instanceof Cycler cycler) {
            Bound.positional(name, arguments, 0, 0);
            return name.equals("next") ? cycler.next() : cycler.reset();
        } else if (owner instanceof Loop loop) {
            return name.equals("cycle") ? loop.cycle(arguments) : loop.changed(arguments);
        }
        if (owner instanceof Double number) {
            return FloatMethods.call(number, name, arguments, budget);
        }
        Bound.positional(name, arguments, 0, 0);
        return switch (name) {
            case "bit_length" -> (long) Numbers.big(owner).abs().bitLength();
            case "bit_count" -> (long) Numbers.big(owner).abs().bitCount();
            case "as_integer_ratio" -> TupleValue.of(Operators.plus(owner), 1L);
            default -> Operators.plus(owner);
        };
    }
}
