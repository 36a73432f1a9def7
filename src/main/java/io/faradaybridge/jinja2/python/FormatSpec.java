package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.DateText;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import java.math.BigInteger;
import java.time.temporal.Temporal;

/** Python's format specification: the part behind the colon in {@code '{:>8.2f}'.format(x)}. */
public final class FormatSpec {

    private static final int MOST = 100_000_000;

    private final String spec;
    private final Budget budget;
    private int at;
    private boolean zeroAligned;

    private FormatSpec(String spec, Budget budget) {
        this.spec = spec;
        this.budget = budget;
    }

    public static String apply(Object value, String spec, Budget budget) {
        if (value instanceof Temporal date) {
            return spec.isEmpty() ? DateText.str(date) : Strftime.format(date, spec, budget);
        } else if (spec.isEmpty()) {
            return Repr.str(value, budget);
        }
        FormatSpec work = new FormatSpec(spec, budget);
        if (Types.isText(value)) {
            return work.text(value.toString());
        } else if (value instanceof Double number) {
            return work.real(number);
        } else if (Types.isInteger(value)) {
            return work.integer(value);
        }
        throw Failure.type("unsupported format string passed to " + Types.name(value) + ".__format__");
    }

    /** @param side where the value stands if the specification does not say */
    private NumberFormat parse(char side) {
        String fill = " ";
        char align = 0;
        int first = Character.charCount(spec.codePointAt(0));
        if (spec.length() > first && "<>=^".indexOf(spec.charAt(first)) >= 0) {
            fill = spec.substring(0, first);
            align = spec.charAt(first);
            at = first + 1;
        } else {
            align = one("<>=^", (char) 0);
        }
        char sign = one("+- ", (char) 0);
        one("z", (char) 0);
        boolean alternate = one("#", (char) 0) != 0;
        boolean zero = one("0", (char) 0) != 0;
        zeroAligned = zero && align == 0;
        if (zeroAligned) {
            align = '=';
            fill = "0";
        } else if (zero && fill.equals(" ")) {
            fill = "0";
        }
        int width = number();
        char grouping = one(",_", (char) 0);
        int precision = -1;
        if (one(".", (char) 0) != 0) {
            precision = number();
            if (precision < 0) {
                throw Failure.value("Format specifier missing precision");
            }
        }
        char type = at < spec.length() ? spec.charAt(at++) : 0;
        if (grouping != 0 && type == 'n') {
            throw Failure.value("Cannot specify '" + grouping + "' with 'n'.");
        }
        if (at < spec.length()) {
            throw Failure.value("Invalid format specifier");
        }
        char where = align == 0 ? side : align;
        return new NumberFormat(fill, where, sign, alternate, Math.max(width, 0), grouping, precision, type, budget);
    }

    private char one(String allowed, char otherwise) {
        return at < spec.length() && allowed.indexOf(spec.charAt(at)) >= 0 ? spec.charAt(at++) : otherwise;
    }

    private int number() {
        int number = -1;
        while (at < spec.length() && spec.charAt(at) >= '0' && spec.charAt(at) <= '9') {
            number = Math.max(number, 0) * 10 + (spec.charAt(at++) - '0');
            if (number > MOST) {
                throw Failure.limit("a format asks for more than " + MOST + " characters");
            }
        }
        return number;
    }

    private static Failure unknown(char type, String typeName) {
        return Failure.value("Unknown format code '" + type + "' for object of type '" + typeName + "'");
    }

    private String text(String value) {
        NumberFormat format = parse('<');
        if (format.type() != 0 && format.type() != 's') {
            throw unknown(format.type(), "str");
        } else if (format.sign() != 0) {
            throw Failure.value("Sign not allowed in string format specifier");
        } else if (format.alternate()) {
            throw Failure.value("Alternate form (#) not allowed in string format specifier");
        } else if (format.align() == '=' && !zeroAligned) {
            throw Failure.value("'=' alignment not allowed in string format specifier");
        } else if (format.grouping() != 0) {
            throw Failure.value("Cannot specify '" + format.grouping() + "' with 's'.");
        }
        return format.text(value);
    }

    private String integer(Object value) {
        NumberFormat format = parse('>');
        char type = format.type();
        if (type != 0 && "eEfFgG%".indexOf(type) >= 0) {
            return format.real(Numbers.toDouble(value));
        } else if (format.precision() >= 0) {
            throw Failure.value("Precision not allowed in integer format specifier");
        }
        BigInteger number = Numbers.big(value);
        if (type == 'c') {
            if (format.sign() != 0) {
                throw Failure.value("Sign not allowed with integer format specifier 'c'");
            } else if (format.alternate()) {
                throw Failure.value("Alternate form (#) not allowed with integer format specifier 'c'");
            } else if (format.grouping() != 0) {
                throw Failure.value("Cannot specify '" + format.grouping() + "' with 'c'.");
            } else if (number.signum() < 0
                    || number.bitLength() > 21
                    || !Character.isValidCodePoint(number.intValue())) {
                throw Failure.of(Kind.OVERFLOW, "%c arg not in range(0x110000)");
            }
            return format.padded("", Character.toString(number.intValue()));
        } else if (type != 0 && "dnxXob".indexOf(type) < 0) {
            throw unknown(type, Types.name(value));
        } else if (format.grouping() == ',' && format.radix() != 10) {
            throw Failure.value("Cannot specify ',' with '" + type + "'.");
        }
        return format.integer(number);
    }

    private String real(double value) {
        NumberFormat format = parse('>');
        if (format.type() != 0 && "eEfFgG%n".indexOf(format.type()) < 0) {
            throw unknown(format.type(), "float");
        }
        return format.real(value);
    }
}
