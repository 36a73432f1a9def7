package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.temporal.Temporal;

/**
 * Python's format specification: the part behind the colon in {@code '{:>8.2f}'.format(x)}.
 *
 * @param align a character, or 0 for the type's own
 * @param sign '-', '+' or a blank
 * @param grouping ',' or '_', or 0
 * @param precision -1 if none is given
 * @param type a letter, or 0
 */
record FormatSpec(
        String fill,
        char align,
        char sign,
        boolean alternate,
        boolean zero,
        int width,
        char grouping,
        int precision,
        char type) {

    private static final int MOST = 1_000_000_000;

    /** Of a double; what follows are zeros. */
    private static final int MOST_PLACES = 1074;

    static String apply(Object value, String spec, Budget budget) {
        if (value instanceof Temporal date) {
            return spec.isEmpty() ? DateText.str(date) : Strftime.format(date, spec, budget);
        }
        if (value instanceof Markup markup) {
            if (!spec.isEmpty()) {
                return parse(spec).text(markup.text(), budget);
            }
            return markup.text();
        }
        if (spec.isEmpty()) {
            return Repr.str(value, budget);
        }
        if (value instanceof String text) {
            return parse(spec).text(text, budget);
        } else if (value instanceof Double number) {
            return parse(spec).real(number, budget);
        } else if (Types.isInteger(value)) {
            return parse(spec).integer(value, budget);
        }
        throw Failure.type("unsupported format string passed to " + Types.name(value) + ".__format__");
    }

    static FormatSpec parse(String spec) {
        int[] at = {0};
        String fill = " ";
        char align = 0;
        int first = spec.isEmpty() ? 0 : Character.charCount(spec.codePointAt(0));
        if (spec.length() > first && "<>=^".indexOf(spec.charAt(first)) >= 0) {
            fill = spec.substring(0, first);
            align = spec.charAt(first);
            at[0] = first + 1;
        } else if (!spec.isEmpty() && "<>=^".indexOf(spec.charAt(0)) >= 0) {
            align = spec.charAt(0);
            at[0] = 1;
        }
        char sign = one(spec, at, "+- ", '-');
        one(spec, at, "z", (char) 0);
        boolean alternate = one(spec, at, "#", (char) 0) != 0;
        boolean zero = one(spec, at, "0", (char) 0) != 0;
        if (zero && align == 0) {
            fill = "0";
            align = '=';
        } else if (zero && fill.equals(" ")) {
            fill = "0";
        }
        int width = number(spec, at);
        char grouping = one(spec, at, ",_", (char) 0);
        int precision = -1;
        if (one(spec, at, ".", (char) 0) != 0) {
            precision = number(spec, at);
            if (precision < 0) {
                throw Failure.value("Format specifier missing precision");
            }
        }
        char type = at[0] < spec.length() ? spec.charAt(at[0]++) : 0;
        if (at[0] < spec.length()) {
            throw Failure.value("Invalid format specifier");
        }
        return new FormatSpec(fill, align, sign, alternate, zero, Math.max(width, 0), grouping, precision, type);
    }

    private static char one(String spec, int[] at, String allowed, char otherwise) {
        if (at[0] < spec.length() && allowed.indexOf(spec.charAt(at[0])) >= 0) {
            return spec.charAt(at[0]++);
        }
        return otherwise;
    }

    private static int number(String spec, int[] at) {
        int number = -1;
        while (at[0] < spec.length() && spec.charAt(at[0]) >= '0' && spec.charAt(at[0]) <= '9') {
            number = Math.max(number, 0) * 10 + (spec.charAt(at[0]++) - '0');
            if (number > MOST / 10) {
                throw Failure.limit("a format asks for more than " + MOST / 10 + " characters");
            }
        }
        return number;
    }

    private Failure unknown(String typeName) {
        return Failure.value("Unknown format code '" + type + "' for object of type '" + typeName + "'");
    }

    private String text(String value, Budget budget) {
        if (type != 0 && type != 's') {
            throw unknown("str");
        }
        if (sign != '-') {
            throw Failure.value("Sign not allowed in string format specifier");
        } else if (alternate) {
            throw Failure.value("Alternate form (#) not allowed in string format specifier");
        } else if (align == '=' && !zero) {
            throw Failure.value("'=' alignment not allowed in string format specifier");
        } else if (grouping != 0) {
            throw Failure.value("Cannot specify '" + grouping + "' with 's'.");
        }
        String cut = precision >= 0 && precision < Text.length(value) ? Text.substring(value, 0, precision) : value;
        return padded("", cut, align == 0 || align == '=' ? '<' : align, budget);
    }

    private String integer(Object value, Budget budget) {
        if (type != 0 && "eEfFgG%".indexOf(type) >= 0) {
            return real(Numbers.toDouble(value), budget);
        }
        if (precision >= 0) {
            throw Failure.value("Precision not allowed in integer format specifier");
        }
        BigInteger number = Numbers.big(value);
        if (type == 'c') {
            if (number.signum() < 0 || number.bitLength() > 21 || !Character.isValidCodePoint(number.intValue())) {
                throw Failure.of(Kind.OVERFLOW, "%c arg not in range(0x110000)");
            }
            return padded("", Character.toString(number.intValue()), align == 0 ? '<' : align, budget);
        }
        int radix =
                switch (type) {
                    case 0, 'd', 'n' -> 10;
                    case 'x', 'X' -> 16;
                    case 'o' -> 8;
                    case 'b' -> 2;
                    default -> throw unknown(Types.name(value));
                };
        if (grouping == ',' && radix != 10) {
            throw Failure.value("Cannot specify ',' with '" + type + "'.");
        }
        String digits = radix == 10
                ? Numbers.text(Numbers.normal(number.abs()))
                : number.abs().toString(radix);
        String prefix = alternate && radix != 10 ? "0" + type : "";
        if (type == 'X') {
            digits = LetterCase.upper(digits);
        }
        return signed(number.signum() < 0, prefix, digits, "", radix == 10 ? 3 : 4, budget);
    }

    private String real(double value, Budget budget) {
        if (type != 0 && "eEfFgG%n".indexOf(type) < 0) {
            throw unknown("float");
        }
        budget.text(Math.max(precision, 0) + 400L);
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        double size = Math.abs(value);
        String digits;
        if (Double.isNaN(size) || Double.isInfinite(size)) {
            digits = (Double.isNaN(size) ? "nan" : "inf") + (type == '%' ? "%" : "");
            digits = Character.isUpperCase(type) ? LetterCase.upper(digits) : digits;
            return signed(negative, "", "", digits, 3, budget);
        }
        int places = precision < 0 ? 6 : precision;
        digits = switch (type) {
            case 'f', 'F' -> fixed(size, places, alternate);
            case '%' -> fixed(size * 100, places, alternate) + "%";
            case 'e', 'E' -> exponential(size, places, alternate);
            case 'g', 'G', 'n' -> general(size, Math.max(places, 1), alternate, 0);
            default -> precision < 0 ? Numbers.repr(size) : general(size, Math.max(places, 1), alternate, 1);
        };
        if (Character.isUpperCase(type)) {
            digits = LetterCase.upper(digits);
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return signed(negative, "", digits.substring(0, end), digits.substring(end), 3, budget);
    }

    static String fixed(double size, int places, boolean point) {
        int known = Math.min(places, MOST_PLACES);
        String text =
                new BigDecimal(size).setScale(known, RoundingMode.HALF_EVEN).toPlainString()
                        + "0".repeat(places - known);
        return point && places == 0 ? text + "." : text;
    }

    static String exponential(double size, int places, boolean point) {
        BigDecimal rounded = size == 0
                ? BigDecimal.ZERO
                : new BigDecimal(size).round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = size == 0 ? 0 : digits.length() - 1 - rounded.scale();
        digits = digits + "0".repeat(Math.max(0, places + 1 - digits.length()));
        digits = digits.substring(0, places + 1);
        String mantissa = digits.charAt(0) + (places > 0 ? "." + digits.substring(1) : point ? "." : "");
        int magnitude = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
    }

    /** @param atLeast digits behind the point of a number that is not written with an exponent */
    static String general(double size, int precision, boolean keepZeros, int atLeast) {
        int exponent = 0;
        if (size != 0) {
            BigDecimal rounded = new BigDecimal(size).round(new MathContext(precision, RoundingMode.HALF_EVEN));
            exponent = rounded.precision() - rounded.scale() - 1;
        }
        // Without a type a float shows a digit behind the point, so its last digit before must still be exact.
        boolean plain = exponent >= -4 && exponent < precision - (atLeast > 0 && exponent == precision - 1 ? 1 : 0);
        String text = plain
                ? fixed(size, Math.max(0, precision - 1 - exponent), keepZeros)
                : exponential(size, precision - 1, keepZeros);
        if (keepZeros) {
            return text;
        }
        int tail = text.indexOf('e');
        String mantissa = tail < 0 ? text : text.substring(0, tail);
        if (mantissa.indexOf('.') >= 0) {
            int end = mantissa.length();
            while (mantissa.charAt(end - 1) == '0') {
                end--;
            }
            mantissa = mantissa.substring(0, mantissa.charAt(end - 1) == '.' ? end - 1 : end);
        }
        if (atLeast > 0 && plain && mantissa.indexOf('.') < 0) {
            mantissa += ".0";
        }
        return tail < 0 ? mantissa : mantissa + text.substring(tail);
    }

    private String signed(boolean negative, String prefix, String digits, String rest, int group, Budget budget) {
        String head = (negative ? "-" : sign == '-' ? "" : String.valueOf(sign)) + prefix;
        String body = digits;
        if (grouping != 0) {
            boolean filled = fill.equals("0") && align == '=';
            int inner = filled ? width - head.length() - rest.length() : 0;
            budget.text(Math.max(inner, body.length()) * 2L);
            body = grouped(body, group, inner);
        }
        return padded(head, body + rest, align == 0 ? '>' : align, budget);
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

    private String padded(String head, String body, char side, Budget budget) {
        long missing = (long) width - head.length() - Text.length(body);
        if (missing <= 0) {
            budget.text((long) head.length() + body.length());
            return head + body;
        }
        return switch (side) {
            case '<' -> Text.pad(head + body, 0, missing, fill, budget);
            case '^' -> Text.pad(head + body, missing / 2, missing - missing / 2, fill, budget);
            case '=' -> head + Text.pad(body, missing, 0, fill, budget);
            default -> Text.pad(head + body, missing, 0, fill, budget);
        };
    }
}
