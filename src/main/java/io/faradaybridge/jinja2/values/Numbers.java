package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Python's int (a Long, or a BigInteger where that is too small) and float (a Double). */
public final class Numbers {

    /** Python refuses to read or write an int of more digits. */
    static final int MOST_DIGITS = 4300;

    /** Far more than can be written; an int beyond is a bomb. */
    private static final int MOST_BITS = 64 * 1024;

    private Numbers() {}

    public static Object normal(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /** An int that an operation made. */
    public static Object bounded(BigInteger number) {
        bits(number.bitLength());
        return normal(number);
    }

    public static void bits(long bits) {
        if (bits > MOST_BITS) {
            throw Failure.limit("a number has more than " + MOST_BITS + " bits");
        }
    }

    public static BigInteger big(Object integer) {
        if (integer instanceof BigInteger big) {
            return big;
        }
        return BigInteger.valueOf(small(integer));
    }

    /** Of a Long or Boolean. */
    public static long small(Object integer) {
        return integer instanceof Boolean truth ? (truth ? 1 : 0) : (Long) integer;
    }

    /** The nearest long. */
    public static long saturated(Object integer) {
        if (integer instanceof BigInteger big) {
            return big.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return small(integer);
    }

    public static boolean isIntegral(double number) {
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    public static double toDouble(Object number) {
        if (number instanceof Double real) {
            return real;
        }
        if (number instanceof BigInteger big) {
            double real = big.doubleValue();
            if (Double.isInfinite(real)) {
                throw Failure.of(Kind.OVERFLOW, "int too large to convert to float");
            }
            return real;
        }
        return small(number);
    }

    public static Object toInteger(double number) {
        if (Double.isNaN(number)) {
            throw Failure.value("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(number)) {
            throw Failure.of(Kind.OVERFLOW, "cannot convert float infinity to integer");
        }
        if (Math.abs(number) < 9e18) {
            return (long) number;
        }
        return normal(new BigDecimal(number).toBigInteger());
    }

    public static String text(Object integer) {
        if (integer instanceof Long number) {
            return Long.toString(number);
        }
        String text = integer.toString();
        if (text.length() - (text.startsWith("-") ? 1 : 0) > MOST_DIGITS) {
            throw Failure.value("Exceeds the limit (" + MOST_DIGITS + " digits) for integer string conversion;"
                    + " use sys.set_int_max_str_digits() to increase the limit");
        }
        return text;
    }

    /** The shortest text that reads as this number again, as Python's repr() of a float. */
    public static String repr(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        } else if (Double.isInfinite(number)) {
            return number < 0 ? "-inf" : "inf";
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return (number == 0 && 1 / number < 0 ? "-0" : Long.toString((long) number)) + ".0";
        }
        BigDecimal digits = shortest(number);
        String plain = digits.unscaledValue().abs().toString();
        int exponent = plain.length() - digits.scale() - 1;
        StringBuilder text = new StringBuilder(24);
        if (number < 0) {
            text.append('-');
        }
        if (exponent >= -4 && exponent < 16) {
            if (exponent < 0) {
                text.append("0.").append("0".repeat(-exponent - 1)).append(plain);
            } else if (plain.length() <= exponent + 1) {
                text.append(plain)
                        .append("0".repeat(exponent + 1 - plain.length()))
                        .append(".0");
            } else {
                text.append(plain, 0, exponent + 1).append('.').append(plain, exponent + 1, plain.length());
            }
            return text.toString();
        }
        text.append(plain.charAt(0));
        if (plain.length() > 1) {
            text.append('.').append(plain, 1, plain.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        int magnitude = Math.abs(exponent);
        return (magnitude < 10 ? text.append('0') : text).append(magnitude).toString();
    }

    /** Java 17's Double.toString is sometimes a digit longer than needed. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal known = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        for (int precision = known.precision() - 1; precision > 0; precision--) {
            BigDecimal shorter = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != number) {
                break;
            }
            known = shorter.stripTrailingZeros();
        }
        BigDecimal nearest = exact.round(new MathContext(known.precision(), RoundingMode.HALF_EVEN));
        return nearest.doubleValue() == number ? nearest.stripTrailingZeros() : known;
    }

    /** Python's int(text, base); null if it is none. */
    public static @Nullable Object parseInteger(String text, int base) {
        String digits = Text.strip(text, null, true, true);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = base;
        int prefixed = digits.length() > 1 && digits.charAt(0) == '0'
                ? switch (Character.toLowerCase(digits.charAt(1))) {
                    case 'x' -> 16;
                    case 'o' -> 8;
                    case 'b' -> 2;
                    default -> 0;
                }
                : 0;
        if (prefixed != 0 && (base == 0 || base == prefixed)) {
            radix = prefixed;
            digits = digits.substring(2);
            if (digits.startsWith("_")) {
                digits = digits.substring(1);
            }
        } else if (base == 0) {
            radix = 10;
            if (digits.length() > 1
                    && digits.charAt(0) == '0'
                    && !digits.replace("_", "").matches("0+")) {
                return null;
            }
        }
        if (radix < 2 || radix > 36) {
            throw Failure.value("int() base must be >= 2 and <= 36, or 0");
        }
        StringBuilder plain = new StringBuilder(digits.length());
        boolean underscore = true;
        for (int i = 0; i < digits.length(); ) {
            int character = digits.codePointAt(i);
            i += Character.charCount(character);
            if (character == '_') {
                if (underscore) {
                    return null;
                }
                underscore = true;
                continue;
            }
            underscore = false;
            int digit = Character.digit(character, radix);
            if (digit < 0) {
                return null;
            }
            plain.append(Character.forDigit(digit, radix));
        }
        if (underscore) {
            return null;
        }
        if (plain.length() > MOST_DIGITS && Integer.bitCount(radix) != 1) {
            throw Failure.value(
                    "Exceeds the limit (" + MOST_DIGITS + " digits) for integer string conversion: value has "
                            + plain.length() + " digits; use sys.set_int_max_str_digits() to increase the limit");
        }
        if (plain.length() > MOST_BITS / 4) {
            throw Failure.limit("a number has more than " + MOST_BITS / 4 + " digits");
        }
        if (plain.length() <= 11) {
            long number = Long.parseLong(plain.toString(), radix);
            return negative ? -number : number;
        }
        BigInteger number = new BigInteger(plain.toString(), radix);
        return normal(negative ? number.negate() : number);
    }

    /** Python's float(text); null if it is none. */
    public static @Nullable Double parseDouble(String text) {
        String stripped = Text.strip(text, null, true, true);
        StringBuilder plain = new StringBuilder(stripped.length());
        for (int i = 0; i < stripped.length(); ) {
            int character = stripped.codePointAt(i);
            i += Character.charCount(character);
            if (character == '_') {
                boolean between = plain.length() > 0
                        && isDigit(plain.charAt(plain.length() - 1))
                        && i < stripped.length()
                        && Character.isDigit(stripped.codePointAt(i));
                if (!between) {
                    return null;
                }
            } else if (Character.isDigit(character)) {
                plain.append(Character.forDigit(Character.digit(character, 10), 10));
            } else {
                plain.appendCodePoint(character);
            }
        }
        String lower = plain.toString().toLowerCase(java.util.Locale.ROOT);
        boolean signed = lower.startsWith("-") || lower.startsWith("+");
        double sign = lower.startsWith("-") ? -1 : 1;
        String unsigned = signed ? lower.substring(1) : lower;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        } else if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        return isDecimal(unsigned) ? (Double) (sign * Double.parseDouble(unsigned)) : null;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** Digits with a point and an exponent: Java would also read {@code 1d} and {@code 0x1p3}. */
    private static boolean isDecimal(String text) {
        int i = 0;
        int digits = 0;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
            digits++;
        }
        if (i < text.length() && text.charAt(i) == '.') {
            i++;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (i < text.length() && text.charAt(i) == 'e') {
            i++;
            if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
                i++;
            }
            int start = i;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
            }
            return i > start && i == text.length();
        }
        return i == text.length();
    }
}
