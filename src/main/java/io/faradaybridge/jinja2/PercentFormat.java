package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import java.math.BigInteger;
import java.util.List;

/** Python's {@code text % values}. */
final class PercentFormat {

    private final String format;
    private final boolean markup;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private final Object values;
    private final List<Object> list;
    private int used;
    private int at;
    private boolean mapped;

    // The parts of one conversion.
    private String flags = "";
    private long width;
    private long precision;
    private char conversion;

    private PercentFormat(Object format, Object values, Budget budget) {
        this.format = format.toString();
        this.markup = format instanceof Markup;
        this.values = values;
        this.list = values instanceof TupleValue tuple ? tuple.items() : List.of(values);
        this.budget = budget;
    }

    static Object format(Object format, Object values, Budget budget) {
        PercentFormat work = new PercentFormat(format, values, budget);
        String result = work.run();
        return work.markup ? new Markup(result) : result;
    }

    private String run() {
        budget.text(format.length());
        while (at < format.length()) {
            int next = format.indexOf('%', at);
            if (next < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, next);
            at = next + 1;
            budget.step();
            convert();
        }
        boolean all = used >= list.size();
        if (!all && !mapped && !isMapping(values)) {
            throw Failure.type("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    /** Python asks only whether there is something in brackets to be had. */
    private static boolean isMapping(Object values) {
        return values instanceof DictValue
                || values instanceof ListValue
                || values instanceof RangeValue
                || values instanceof Undefined;
    }

    private void convert() {
        Object keyed = null;
        if (peek() == '(') {
            keyed = mapping();
        }
        int start = at;
        while (at < format.length() && "#0- +".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        flags = format.substring(start, at);
        width = size();
        if (width < 0 && width != NOT_GIVEN) {
            flags += "-";
            width = -width;
        }
        precision = NOT_GIVEN;
        if (peek() == '.') {
            at++;
            precision = size();
            precision = precision == NOT_GIVEN ? 0 : Math.max(0, precision);
        }
        if (at < format.length() && "hlL".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        if (at == format.length()) {
            throw Failure.value("incomplete format");
        }
        conversion = format.charAt(at++);
        if (conversion == '%' && format.charAt(at - 2) == '%' && keyed == null) {
            budget.text(1);
            out.append('%');
            return;
        }
        Object value = keyed == null ? next() : keyed;
        if ("diuoxXeEfFgGcrsa".indexOf(conversion) < 0) {
            throw Failure.value("unsupported format character '" + conversion + "' (0x"
                    + Integer.toHexString(conversion) + ") at index " + (at - 1));
        }
        put(value);
    }

    private static final long NOT_GIVEN = Long.MIN_VALUE;

    private char peek() {
        if (at == format.length()) {
            throw Failure.value("incomplete format");
        }
        return format.charAt(at);
    }

    private Object next() {
        if (used >= list.size() || mapped) {
            throw Failure.type("not enough arguments for format string");
        }
        return list.get(used++);
    }

    private Object mapping() {
        if (values instanceof TupleValue || !isMapping(values)) {
            throw Failure.type("format requires a mapping");
        }
        int depth = 1;
        int start = ++at;
        while (at < format.length() && depth > 0) {
            char character = format.charAt(at++);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
        }
        if (depth > 0) {
            throw Failure.value("incomplete format key");
        }
        mapped = true;
        return Attributes.subscript(values, format.substring(start, at - 1), budget);
    }

    private long size() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            Object given = next();
            if (!Types.isInteger(given)) {
                throw Failure.type("* wants int");
            }
            return Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, Numbers.saturated(given)));
        }
        long number = NOT_GIVEN;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            number = Math.max(number, 0) * 10 + (format.charAt(at++) - '0');
            if (number > Integer.MAX_VALUE) {
                throw Failure.value("width too big");
            }
        }
        return number;
    }

    private void put(Object value) {
        String text;
        switch (conversion) {
            case 's', 'r', 'a' -> {
                String shown =
                        switch (conversion) {
                            case 's' -> Repr.str(value, budget);
                            case 'r' -> Repr.of(value, budget);
                            default -> Repr.ascii(value, budget);
                        };
                if (markup && !(conversion == 's' && value instanceof Markup)) {
                    shown = Operators.escaped(shown, budget);
                }
                text = precision != NOT_GIVEN && precision < Text.length(shown)
                        ? Text.substring(shown, 0, (int) precision)
                        : shown;
                pad("", text, false);
            }
            case 'c' -> pad("", character(value), false);
            case 'd', 'i', 'u', 'o', 'x', 'X' -> integer(value);
            default -> real(value);
        }
    }

    private String character(Object value) {
        if (Types.isText(value) && Text.length(value.toString()) == 1) {
            return value.toString();
        } else if (Types.isInteger(value)) {
            long code = Numbers.saturated(value);
            if (code < 0 || code > Character.MAX_CODE_POINT) {
                throw Failure.of(Kind.OVERFLOW, "%c arg not in range(0x110000)");
            }
            return Character.toString((int) code);
        }
        throw Failure.type("%c requires int or char");
    }

    private void integer(Object value) {
        Object number = value;
        if (value instanceof Double real && "diu".indexOf(conversion) >= 0) {
            number = Numbers.toInteger(real);
        } else if (value instanceof Undefined undefined && "diu".indexOf(conversion) >= 0) {
            throw Failure.undefined(undefined);
        } else if (!Types.isInteger(value)) {
            throw Failure.type("%" + conversion + " format: "
                    + ("diu".indexOf(conversion) >= 0 ? "a real number" : "an integer") + " is required, not "
                    + Types.name(value));
        }
        BigInteger big = Numbers.big(number);
        String digits =
                switch (conversion) {
                    case 'o' -> big.abs().toString(8);
                    case 'x' -> big.abs().toString(16);
                    case 'X' -> LetterCase.upper(big.abs().toString(16));
                    default -> Numbers.text(Numbers.normal(big.abs()));
                };
        if (precision != NOT_GIVEN && precision > digits.length()) {
            digits = Text.pad(digits, precision - digits.length(), 0, "0", budget);
        }
        boolean prefixed = flags.indexOf('#') >= 0 && "oxX".indexOf(conversion) >= 0;
        pad(sign(big.signum() < 0) + (prefixed ? "0" + conversion : ""), digits, true);
    }

    private void real(Object value) {
        if (value instanceof Undefined undefined) {
            throw Failure.undefined(undefined);
        }
        if (!Types.isNumber(value)) {
            throw Failure.type("must be real number, not " + Types.name(value));
        }
        double number = Numbers.toDouble(value);
        double size = Math.abs(number);
        int places = precision == NOT_GIVEN ? 6 : (int) Math.min(precision, Integer.MAX_VALUE);
        budget.text(places + 400L);
        boolean keep = flags.indexOf('#') >= 0;
        String digits;
        if (Double.isNaN(size) || Double.isInfinite(size)) {
            digits = Double.isNaN(size) ? "nan" : "inf";
        } else {
            digits = switch (Character.toLowerCase(conversion)) {
                case 'f' -> FormatSpec.fixed(size, places, keep);
                case 'e' -> FormatSpec.exponential(size, places, keep);
                default -> FormatSpec.general(size, Math.max(places, 1), keep, 0);
            };
        }
        boolean negative = number < 0 || (number == 0 && 1 / number < 0);
        pad(sign(negative), Character.isUpperCase(conversion) ? LetterCase.upper(digits) : digits, true);
    }

    private String sign(boolean negative) {
        return negative ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    }

    private void pad(String head, String body, boolean number) {
        long missing = width == NOT_GIVEN ? 0 : width - head.length() - Text.length(body);
        budget.text(head.length() + (long) body.length() + Math.max(0, missing));
        boolean left = flags.indexOf('-') >= 0;
        boolean zeros = number && flags.indexOf('0') >= 0 && !left;
        String filler = missing <= 0 ? "" : (zeros ? "0" : " ").repeat((int) missing);
        if (left) {
            out.append(head).append(body).append(filler);
        } else if (zeros) {
            out.append(head).append(filler).append(body);
        } else {
            out.append(filler).append(head).append(body);
        }
    }
}
