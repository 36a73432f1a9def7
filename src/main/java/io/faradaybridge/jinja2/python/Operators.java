package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic. */
public final class Operators {

    private Operators() {}

    public static Object add(Object left, Object right, Budget budget) {
        if (left instanceof Long first && right instanceof Long second) {
            long sum = first + second;
            return ((first ^ sum) & (second ^ sum)) < 0
                    ? Numbers.normal(BigInteger.valueOf(first).add(BigInteger.valueOf(second)))
                    : (Object) sum;
        }
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? (Object) (Numbers.toDouble(left) + Numbers.toDouble(right))
                    : Numbers.bounded(Numbers.big(left).add(Numbers.big(right)));
        }
        if (Types.isText(left) && Types.isText(right)) {
            return concatenate(left, right, budget);
        }
        if (left instanceof ListValue first && right instanceof ListValue second) {
            ListValue sum = new ListValue();
            Iteration.fill(sum.items, first, budget);
            Iteration.fill(sum.items, second, budget);
            return sum;
        }
        if (left instanceof TupleValue first && right instanceof TupleValue second) {
            List<Object> sum = new ArrayList<>();
            Iteration.fill(sum, first, budget);
            Iteration.fill(sum, second, budget);
            return TupleValue.of(sum);
        }
        rejectUndefined(left, right);
        if (Types.isText(left)) {
            throw Failure.type("can only concatenate str (not \"" + Types.name(right) + "\") to str");
        } else if (left instanceof ListValue || left instanceof TupleValue) {
            String name = left instanceof ListValue ? "list" : "tuple";
            throw Failure.type("can only concatenate " + name + " (not \"" + Types.name(right) + "\") to " + name);
        }
        throw unsupported("+", left, right);
    }

    private static Object concatenate(Object left, Object right, Budget budget) {
        String first = left.toString();
        String second = right.toString();
        budget.text((long) first.length() + second.length());
        if (left instanceof String && right instanceof String) {
            return first.concat(second);
        }
        return new Markup(escaped(left, budget) + escaped(right, budget));
    }

    public static String escaped(Object value, Budget budget) {
        if (value instanceof Markup markup) {
            return markup.text();
        }
        return budget.escape(Repr.str(value, budget));
    }

    public static Object subtract(Object left, Object right) {
        if (left instanceof Long first && right instanceof Long second) {
            long difference = first - second;
            return ((first ^ second) & (first ^ difference)) < 0
                    ? Numbers.normal(BigInteger.valueOf(first).subtract(BigInteger.valueOf(second)))
                    : (Object) difference;
        }
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? (Object) (Numbers.toDouble(left) - Numbers.toDouble(right))
                    : Numbers.bounded(Numbers.big(left).subtract(Numbers.big(right)));
        }
        rejectUndefined(left, right);
        throw unsupported("-", left, right);
    }

    public static Object multiply(Object left, Object right, Budget budget) {
        if (Types.isNumber(left) && Types.isNumber(right)) {
            if (left instanceof Double || right instanceof Double) {
                return Numbers.toDouble(left) * Numbers.toDouble(right);
            }
            if (left instanceof Long first && right instanceof Long second) {
                long high = Math.multiplyHigh(first, second);
                long low = first * second;
                if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
                    return low;
                }
            }
            BigInteger first = Numbers.big(left);
            BigInteger second = Numbers.big(right);
            Numbers.bits((long) first.bitLength() + second.bitLength());
            return Numbers.normal(first.multiply(second));
        }
        if (left instanceof Markup && right instanceof Undefined) {
            throw Failure.type("'Undefined' object cannot be interpreted as an integer");
        }
        rejectUndefined(left, right);
        if (Types.isInteger(right)) {
            return repeat(left, right, left, budget);
        }
        if (Types.isInteger(left)) {
            return repeat(right, left, left, budget);
        }
        if (Types.isText(left) || left instanceof ListValue || left instanceof TupleValue) {
            throw Failure.type("can't multiply sequence by non-int of type '" + Types.name(right) + "'");
        }
        if (Types.isText(right) || right instanceof ListValue || right instanceof TupleValue) {
            throw Failure.type("can't multiply sequence by non-int of type '" + Types.name(left) + "'");
        }
        throw unsupported("*", left, right);
    }

    private static Object repeat(Object sequence, Object times, Object left, Budget budget) {
        boolean repeatable = Types.isText(sequence) || sequence instanceof ListValue || sequence instanceof TupleValue;
        if (repeatable && times instanceof BigInteger) {
            throw Failure.of(Kind.OVERFLOW, "cannot fit 'int' into an index-sized integer");
        }
        long count = Math.max(0, Math.min(Numbers.saturated(times), Integer.MAX_VALUE));
        if (sequence instanceof String text) {
            return Text.repeat(text, count, budget);
        } else if (sequence instanceof Markup markup) {
            return new Markup(Text.repeat(markup.text(), count, budget));
        } else if (sequence instanceof ListValue || sequence instanceof TupleValue) {
            Sequence items = (Sequence) sequence;
            budget.elements(Text.product(items.size(), count));
            List<Object> repeated = new ArrayList<>((int) (items.size() * count));
            for (long i = 0; i < count && items.size() > 0; i++) {
                for (int j = 0; j < items.size(); j++) {
                    repeated.add(items.get(j));
                }
            }
            return sequence instanceof ListValue ? new ListValue(repeated) : TupleValue.of(repeated);
        }
        throw Comparison.same(sequence, left) ? unsupported("*", sequence, times) : unsupported("*", times, sequence);
    }

    public static Object negate(Object value) {
        if (value instanceof Double number) {
            return -number;
        } else if (value instanceof Long number && number != Long.MIN_VALUE) {
            return -number;
        } else if (Types.isInteger(value)) {
            return Numbers.bounded(Numbers.big(value).negate());
        } else if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw Failure.type("bad operand type for unary -: '" + Types.name(value) + "'");
    }

    public static Object plus(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        } else if (Types.isNumber(value)) {
            return value;
        } else if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw Failure.type("bad operand type for unary +: '" + Types.name(value) + "'");
    }

    static void numbers(String operator, Object left, Object right) {
        if (!Types.isNumber(left) || !Types.isNumber(right)) {
            rejectUndefined(left, right);
            throw unsupported(operator, left, right);
        }
    }

    private static void rejectUndefined(Object left, Object right) {
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.failure();
        }
    }

    private static Failure unsupported(String operator, Object left, Object right) {
        return Failure.type("unsupported operand type(s) for " + operator + ": '" + Types.name(left) + "' and '"
                + Types.name(right) + "'");
    }
}
