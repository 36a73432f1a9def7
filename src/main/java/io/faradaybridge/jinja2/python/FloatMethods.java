package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.TupleValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods of Python's float. */
final class FloatMethods {

    static final Set<String> NAMES = Set.of("is_integer", "conjugate", "as_integer_ratio", "hex", "fromhex");

    private static final Pattern HEXADECIMAL = Pattern.compile(
            "([+-]?)(?:0[xX])?(?=\\.?[0-9a-fA-F])([0-9a-fA-F]*+)(?:\\.([0-9a-fA-F]*+))?+(?:[pP]([+-]?[0-9]++))?+");
    private static final Set<String> INFINITE = Set.of("inf", "infinity");
    /** Of the mantissa, 52 bits. */
    private static final int DIGITS = 13;

    private FloatMethods() {}

    public static Object call(double number, String name, Arguments arguments, Budget budget) {
        if (name.equals("fromhex")) {
            return fromHex(Bound.positional(name, arguments, 1, 1).text(0), budget);
        }
        Bound.positional(name, arguments, 0, 0);
        return switch (name) {
            case "is_integer" -> Numbers.isIntegral(number);
            case "as_integer_ratio" -> ratio(number);
            case "hex" -> hex(number);
            default -> number;
        };
    }

    /** Java leaves out zeros at the end, and the sign of an exponent that is not negative. */
    private static String hex(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Numbers.repr(number);
        }
        String java = Double.toHexString(number);
        int point = java.indexOf('.');
        int exponent = java.indexOf('p');
        String mantissa = java.substring(point + 1, exponent);
        String power = java.substring(exponent + 1);
        return java.substring(0, point + 1)
                + (number == 0 ? "0" : mantissa + "0".repeat(DIGITS - mantissa.length()))
                + "p"
                + (power.startsWith("-") ? power : "+" + power);
    }

    private static TupleValue ratio(double number) {
        if (Double.isInfinite(number)) {
            throw Failure.of(Kind.OVERFLOW, "cannot convert Infinity to integer ratio");
        }
        if (Double.isNaN(number)) {
            throw Failure.value("cannot convert NaN to integer ratio");
        }
        BigDecimal exact = new BigDecimal(number);
        BigInteger numerator = exact.unscaledValue();
        BigInteger denominator = BigInteger.TEN.pow(Math.max(0, exact.scale()));
        BigInteger whole = numerator.multiply(BigInteger.TEN.pow(Math.max(0, -exact.scale())));
        BigInteger common = whole.gcd(denominator);
        return TupleValue.of(Numbers.normal(whole.divide(common)), Numbers.normal(denominator.divide(common)));
    }

    private static double fromHex(String written, Budget budget) {
        budget.text(4L * written.length());
        String text = Text.strip(written, null, true, true);
        String unsigned = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        boolean negative = text.startsWith("-");
        if (INFINITE.contains(unsigned)) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        Matcher hexadecimal = HEXADECIMAL.matcher(text);
        if (!hexadecimal.matches()) {
            throw Failure.value("invalid hexadecimal floating-point string");
        }
        String fraction = hexadecimal.group(3) == null ? "" : hexadecimal.group(3);
        String power = hexadecimal.group(4) == null ? "0" : hexadecimal.group(4);
        double number = Double.parseDouble(hexadecimal.group(1) + "0x" + hexadecimal.group(2) + "." + fraction
                + (fraction.isEmpty() ? "0" : "") + "p" + power);
        if (Double.isInfinite(number)) {
            throw Failure.of(Kind.OVERFLOW, "hexadecimal value too large to represent as a float");
        }
        return number;
    }
}
