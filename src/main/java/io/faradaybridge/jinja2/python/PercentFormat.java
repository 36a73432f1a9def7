package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.RangeValue;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.List;

/** Python's {@code text % values}. */
public final class PercentFormat {

    private static final long NOT_GIVEN = Long.MIN_VALUE;

    private final String format;
    private final boolean markup;
    private final Budget budget;
    private final TextBuilder out;
    private final Object values;
    private final List<Object> list;
    private int used;
    private int at;
    private boolean mapped;

    private PercentFormat(Object format, Object values, Budget budget) {
        this.format = format.toString();
        this.markup = format instanceof Markup;
        this.values = values;
        this.list = values instanceof TupleValue tuple ? tuple.items() : List.of(values);
        this.budget = budget;
        this.out = new TextBuilder(budget);
    }

    public static Object format(Object format, Object values, Budget budget) {
        PercentFormat work = new PercentFormat(format, values, budget);
        String result = work.run();
        return work.markup ? new Markup(result) : result;
    }

    private String run() {
        for (int next = format.indexOf('%'); next >= 0; next = format.indexOf('%', at)) {
            out.append(format.substring(at, next));
            at = next + 1;
            budget.step();
            out.append(conversion());
        }
        out.append(format.substring(at));
        if (used < list.size() && !mapped && !isMapping(values)) {
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

    private String conversion() {
        Object keyed = peek() == '(' ? mapping() : null;
        int start = at;
        while (at < format.length() && "#0- +".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        long width = size();
        if (width < 0 && width != NOT_GIVEN) {
            flags += "-";
            width = -width;
        }
        long precision = -1;
        if (peek() == '.') {
            at++;
            precision = Math.max(0, size());
        }
        if (at < format.length() && "hlL".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        char type = peek();
        at++;
        if (type == '%' && format.charAt(at - 2) == '%' && keyed == null) {
            return "%";
        }
        Object value = keyed == null ? next() : keyed;
        if ("diuoxXeEfFgGcrsa".indexOf(type) < 0) {
            throw Failure.value("unsupported format character '" + type + "' (0x" + Integer.toHexString(type)
                    + ") at index " + (at - 1));
        }
        boolean left = flags.indexOf('-') >= 0;
        boolean zeros = flags.indexOf('0') >= 0 && !left && "rsac".indexOf(type) < 0;
        NumberFormat as = new NumberFormat(
                zeros ? "0" : " ",
                left ? '<' : zeros ? '=' : '>',
                flags.indexOf('+') >= 0 ? '+' : flags.indexOf(' ') >= 0 ? ' ' : '-',
                flags.indexOf('#') >= 0,
                (int) Math.max(0, width),
                (char) 0,
                (int) precision,
                type,
                budget);
        return switch (type) {
            case 's', 'r', 'a' -> as.text(shown(value, type));
            case 'c' -> as.padded("", character(value));
            case 'd', 'i', 'u', 'o', 'x', 'X' -> as.integer(Numbers.big(integer(value, type)));
            default -> as.real(real(value));
        };
    }

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

    private String shown(Object value, char type) {
        String shown =
                switch (type) {
                    case 's' -> Repr.str(value, budget);
                    case 'r' -> Repr.of(value, budget);
                    default -> Repr.ascii(value, budget);
                };
        boolean safe = !markup || (type == 's' && value instanceof Markup);
        return safe ? shown : Operators.escaped(shown, budget);
    }

    private static String character(Object value) {
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

    private static Object integer(Object value, char type) {
        boolean decimal = "diu".indexOf(type) >= 0;
        if (decimal && value instanceof Double real) {
            return Numbers.toInteger(real);
        } else if (decimal && value instanceof Undefined undefined) {
            throw undefined.failure();
        } else if (!Types.isInteger(value)) {
            throw Failure.type("%" + type + " format: " + (decimal ? "a real number" : "an integer")
                    + " is required, not " + Types.name(value));
        }
        return value;
    }

    private static double real(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value)) {
            throw Failure.type("must be real number, not " + Types.name(value));
        }
        return Numbers.toDouble(value);
    }
}
