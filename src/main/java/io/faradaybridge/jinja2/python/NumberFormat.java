package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.LetterCase;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How Python shows a number, or puts a text into a field, whichever of its notations said so.
 *
 * @param align '&lt;', '&gt;', '^' or '=', behind the sign
 * @param sign of what is not negative: '+' or a blank; others for none
 * @param alternate with a prefix, or a point that would be left out
 * @param grouping ',' or '_', or 0
 * @param precision -1 if none is given
 * @param type a letter, or 0
 */
record NumberFormat(
        String fill,
        char align,
        char sign,
        boolean alternate,
        int width,
        char grouping,
        int precision,
        char type,
        Budget budget) {

    /** Of a double; what follows are zeros. */
    private static final int MOST_PLACES = 1074;

    private static final int PLACES = 6;

    int radix() {
        return switch (type) {
            case 'x', 'X' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 10;
        };
    }

    public String text(String text) {
        boolean cut = precision >= 0 && precision < Text.length(text);
        String shown = cut ? Text.substring(text, 0, precision) : text;
        return align == '=' ? Text.pad(shown, 0, width - Text.length(shown), fill, budget) : padded("", shown);
    }

    public String integer(BigInteger number) {
        BigInteger size = number.abs();
        String digits = radix() == 10 ? Numbers.text(Numbers.normal(size)) : size.toString(radix());
        digits = Text.pad(upperIfType(digits), precision - digits.length(), 0, "0", budget);
        String prefix = alternate && radix() != 10 ? "0" + type : "";
        return signed(number.signum() < 0, prefix, digits, "", radix() == 10 ? 3 : 4);
    }

    String real(double value) {
        budget.text(Math.max(precision, 0) + 400L);
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        double size = Math.abs(value);
        if (Double.isNaN(size) || Double.isInfinite(size)) {
            String name = (Double.isNaN(size) ? "nan" : "inf") + (type == '%' ? "%" : "");
            return signed(negative, "", "", upperIfType(name), 3);
        }
        int places = precision < 0 ? PLACES : precision;
        String digits = upperIfType(
                switch (type) {
                    case 'f', 'F' -> fixed(size, places);
                    case '%' -> fixed(size * 100, places) + "%";
                    case 'e', 'E' -> exponential(size, places);
                    case 'g', 'G', 'n' -> general(size, Math.max(places, 1), false);
                    default -> precision < 0 ? repr(size) : general(size, Math.max(places, 1), true);
                });
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return signed(negative, "", digits.substring(0, end), digits.substring(end), 3);
    }

    private String upperIfType(String digits) {
        return Character.isUpperCase(type) ? LetterCase.upper(digits) : digits;
    }

    private String repr(double size) {
        String text = Numbers.repr(size);
        return alternate && text.indexOf('.') < 0 ? text.replace("e", ".e") : text;
    }

    private String fixed(double size, int places) {
        int known = Math.min(places, MOST_PLACES);
        String text =
                new BigDecimal(size).setScale(known, RoundingMode.HALF_EVEN).toPlainString()
                        + "0".repeat(places - known);
        return alternate && places == 0 ? text + "." : text;
    }

    private String exponential(double size, int places) {
        BigDecimal rounded = size == 0 ? BigDecimal.ZERO : rounded(size, places + 1);
        String digits = rounded.unscaledValue().toString();
        int exponent = size == 0 ? 0 : digits.length() - 1 - rounded.scale();
        digits = digits + "0".repeat(Math.max(0, places + 1 - digits.length()));
        String point = places > 0 || alternate ? "." : "";
        int magnitude = Math.abs(exponent);
        return digits.charAt(0)
                + point
                + digits.substring(1, places + 1)
                + (exponent < 0 ? "e-" : "e+")
                + (magnitude < 10 ? "0" : "")
                + magnitude;
    }

    private static BigDecimal rounded(double size, int digits) {
        return new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    /** @param untyped a float shows a digit behind the point then, so its last digit before must still be exact */
    private String general(double size, int digits, boolean untyped) {
        int exponent = 0;
        if (size != 0) {
            BigDecimal rounded = rounded(size, digits);
            exponent = rounded.precision() - rounded.scale() - 1;
        }
        boolean plain = exponent >= -4 && exponent < digits - (untyped && exponent == digits - 1 ? 1 : 0);
        String text = plain ? fixed(size, Math.max(0, digits - 1 - exponent)) : exponential(size, digits - 1);
        if (alternate) {
            return text;
        }
        int tail = text.indexOf('e');
        String mantissa = tail < 0 ? text : text.substring(0, tail);
        if (mantissa.indexOf('.') >= 0) {
            mantissa = Text.strip(Text.strip(mantissa, "0", false, true), ".", false, true);
        }
        if (untyped && plain && mantissa.indexOf('.') < 0) {
            mantissa += ".0";
        }
        return tail < 0 ? mantissa : mantissa + text.substring(tail);
    }

    private String signed(boolean negative, String prefix, String digits, String rest, int group) {
        String head = (negative ? "-" : sign == '+' || sign == ' ' ? String.valueOf(sign) : "") + prefix;
        if (grouping == 0) {
            return padded(head, digits + rest);
        }
        int least = fill.equals("0") && align == '=' ? width - head.length() - rest.length() : 0;
        budget.text(Math.max(least, digits.length()) * 2L);
        return padded(head, grouped(digits, group, least) + rest);
    }

    /** With zeros before it until it is as wide as asked for. */
    private String grouped(String digits, int group, int least) {
        StringBuilder reversed = new StringBuilder();
        for (int i = 0; i < digits.length() || (least > 0 && reversed.length() < least); i++) {
            if (i > 0 && i % group == 0) {
                reversed.append(grouping);
            }
            reversed.append(i < digits.length() ? digits.charAt(digits.length() - 1 - i) : '0');
        }
        return reversed.reverse().toString();
    }

    String padded(String head, String body) {
        long missing = (long) width - head.length() - Text.length(body);
        return switch (align) {
            case '<' -> Text.pad(head + body, 0, missing, fill, budget);
            case '^' -> Text.pad(head + body, missing / 2, missing - missing / 2, fill, budget);
            case '=' -> head + Text.pad(body, missing, 0, fill, budget);
            default -> Text.pad(head + body, missing, 0, fill, budget);
        };
    }
}
