package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.JinjaObject;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.RangeValue;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import java.time.temporal.Temporal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of values, each type's in its own class. */
public final class Methods {

    private static final Set<String> OF_INTEGER = Set.of("bit_length", "bit_count", "conjugate", "as_integer_ratio");

    private Methods() {}

    public static boolean has(Object owner, String name) {
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
        }
        return owner instanceof JinjaObject object && object.hasMethod(name);
    }

    /** Null if there is no such method. */
    public static @Nullable Object call(Object owner, String name, Arguments arguments, Budget budget) {
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
        } else if (owner instanceof JinjaObject object) {
            return object.call(name, arguments);
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
