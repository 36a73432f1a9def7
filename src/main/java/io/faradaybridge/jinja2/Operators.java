package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic. */
final class Operators {

    private Operators() {}

    static Object add(Object left, Object right, Budget budget) {
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

    static String escaped(Object value, Budget budget) {
        if (value instanceof Markup markup) {
            return markup.text();
        }
        return budget.escape(Repr.str(value, budget));
    }

    static Object subtract(Object left, Object right) {
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

    static Object multiply(Object left, Object right, Budget budget) {
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
            budget.elements(Numbers.product(items.size(), count));
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

    static Object divide(Object left, Object right) {
        numbers("/", left, right);
        if (left instanceof Double || right instanceof Double) {
            double divisor = Numbers.toDouble(right);
            if (divisor == 0) {
                throw Failure.of(Kind.ZERO_DIVISION, "float division by zero");
            }
            return Numbers.toDouble(left) / divisor;
        }
        if (!(left instanceof BigInteger) && !(right instanceof BigInteger)) {
            long dividend = Numbers.small(left);
            long divisor = Numbers.small(right);
            if (divisor == 0) {
                throw Failure.of(Kind.ZERO_DIVISION, "division by zero");
            }
            if (Math.abs(dividend) < 1L << 53 && Math.abs(divisor) < 1L << 53) {
                return (double) dividend / divisor;
            }
        }
        BigInteger divisor = Numbers.big(right);
        if (divisor.signum() == 0) {
            throw Failure.of(Kind.ZERO_DIVISION, "division by zero");
        }
        double quotient = new BigDecimal(Numbers.big(left))
                .divide(new BigDecimal(divisor), new MathContext(60))
                .doubleValue();
        if (Double.isInfinite(quotient)) {
            throw Failure.of(Kind.OVERFLOW, "integer division result too large for a float");
        }
        return quotient;
    }

    static Object floorDivide(Object left, Object right) {
        numbers("//", left, right);
        if (left instanceof Double || right instanceof Double) {
            return divmod(Numbers.toDouble(left), Numbers.toDouble(right), "float floor division by zero")[0];
        }
        notZero(right, "integer division or modulo by zero");
        if (left instanceof Long first && right instanceof Long second && first != Long.MIN_VALUE) {
            return Math.floorDiv(first, second);
        }
        BigInteger[] parts = Numbers.big(left).divideAndRemainder(Numbers.big(right));
        boolean apart = parts[1].signum() != 0
                && parts[1].signum() != Numbers.big(right).signum();
        return Numbers.bounded(apart ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    static Object modulo(Object left, Object right, Budget budget) {
        if (Types.isText(left)) {
            return PercentFormat.format(left, right, budget);
        }
        numbers("%", left, right);
        if (left instanceof Double || right instanceof Double) {
            return divmod(Numbers.toDouble(left), Numbers.toDouble(right), "float modulo")[1];
        }
        notZero(right, "integer modulo by zero");
        if (left instanceof Long first && right instanceof Long second) {
            return Math.floorMod(first, second);
        }
        BigInteger remainder = Numbers.big(left).remainder(Numbers.big(right));
        boolean apart = remainder.signum() != 0
                && remainder.signum() != Numbers.big(right).signum();
        return Numbers.bounded(apart ? remainder.add(Numbers.big(right)) : remainder);
    }

    private static void notZero(Object divisor, String message) {
        if (Numbers.big(divisor).signum() == 0) {
            throw Failure.of(Kind.ZERO_DIVISION, message);
        }
    }

    /** The quotient and remainder of floats: the remainder has the sign of the divisor. */
    private static double[] divmod(double left, double right, String message) {
        if (right == 0) {
            throw Failure.of(Kind.ZERO_DIVISION, message);
        }
        double remainder = left % right;
        double quotient = (left - remainder) / right;
        if (remainder != 0) {
            if (right < 0 != remainder < 0) {
                remainder += right;
                quotient -= 1;
            }
        } else {
            remainder = Math.copySign(0, right);
        }
        double floor = Math.copySign(0, left / right);
        if (quotient != 0) {
            floor = Math.floor(quotient);
            if (quotient - floor > 0.5) {
                floor += 1;
            }
        }
        return new double[] {floor, remainder};
    }

    static Object power(Object left, Object right) {
        numbers("** or pow()", left, right);
        if (left instanceof Double || right instanceof Double) {
            return power(Numbers.toDouble(left), Numbers.toDouble(right));
        }
        BigInteger base = Numbers.big(left);
        if (Numbers.big(right).signum() < 0) {
            return power(Numbers.toDouble(left), Numbers.toDouble(right));
        }
        if (base.bitLength() <= 1 && base.abs().compareTo(BigInteger.ONE) <= 0) {
            boolean odd = Numbers.big(right).testBit(0);
            boolean first = Numbers.big(right).signum() == 0 || base.signum() > 0 || (base.signum() < 0 && !odd);
            return first ? 1L : base.longValue();
        }
        long exponent = Numbers.saturated(right);
        Numbers.bits(Numbers.product(base.bitLength(), exponent));
        return Numbers.normal(base.pow((int) exponent));
    }

    private static Object power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw Failure.of(Kind.ZERO_DIVISION, "0.0 cannot be raised to a negative power");
        }
        if (base < 0 && !Double.isInfinite(base) && !Double.isInfinite(exponent) && exponent != Math.rint(exponent)) {
            throw Failure.value("a root of a negative number is complex, which templates have no numbers for");
        }
        if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
            return 1.0;
        }
        double result = Math.pow(base, exponent);
        if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw Failure.of(Kind.OVERFLOW, "(34, 'Numerical result out of range')");
        }
        return result;
    }

    static Object negate(Object value) {
        if (value instanceof Double number) {
            return -number;
        } else if (value instanceof Long number && number != Long.MIN_VALUE) {
            return -number;
        } else if (Types.isInteger(value)) {
            return Numbers.bounded(Numbers.big(value).negate());
        } else if (value instanceof Undefined undefined) {
            throw Failure.undefined(undefined);
        }
        throw Failure.type("bad operand type for unary -: '" + Types.name(value) + "'");
    }

    static Object plus(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        } else if (Types.isNumber(value)) {
            return value;
        } else if (value instanceof Undefined undefined) {
            throw Failure.undefined(undefined);
        }
        throw Failure.type("bad operand type for unary +: '" + Types.name(value) + "'");
    }

    private static void numbers(String operator, Object left, Object right) {
        if (!Types.isNumber(left) || !Types.isNumber(right)) {
            rejectUndefined(left, right);
            throw unsupported(operator, left, right);
        }
    }

    private static void rejectUndefined(Object left, Object right) {
        if (left instanceof Undefined undefined) {
            throw Failure.undefined(undefined);
        }
        if (right instanceof Undefined undefined) {
            throw Failure.undefined(undefined);
        }
    }

    private static Failure unsupported(String operator, Object left, Object right) {
        return Failure.type("unsupported operand type(s) for " + operator + ": '" + Types.name(left) + "' and '"
                + Types.name(right) + "'");
    }
}
