package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Python's quotients, remainders and powers. */
public final class Division {

    private Division() {}

    public static Object divide(Object left, Object right) {
        Operators.numbers("/", left, right);
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

    public static Object floorDivide(Object left, Object right) {
        Operators.numbers("//", left, right);
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

    public static Object modulo(Object left, Object right, Budget budget) {
        if (Types.isText(left)) {
            return PercentFormat.format(left, right, budget);
        }
        Operators.numbers("%", left, right);
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

    public static Object power(Object left, Object right) {
        Operators.numbers("** or pow()", left, right);
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
        Numbers.bits(Text.product(base.bitLength(), exponent));
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
}
