package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.Division;
import io.faradaybridge.jinja2.python.FormatSpec;
import io.faradaybridge.jinja2.python.Operators;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/** The filters for numbers. */
final class NumberFilters {

    private NumberFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("abs", Filters.plain("abs", NumberFilters::absolute));
        filters.put("int", NumberFilters::toInteger);
        filters.put("float", NumberFilters::toFloat);
        filters.put("round", NumberFilters::round);
        filters.put("filesizeformat", NumberFilters::fileSize);
    }

    private static Object absolute(Context context, Object value) {
        if (value instanceof Double number) {
            return Math.abs(number);
        } else if (Types.isInteger(value)) {
            return Numbers.normal(Numbers.big(value).abs());
        }
        throw Failure.type("bad operand type for abs(): '" + Types.name(value) + "'");
    }

    private static Object toInteger(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("int", arguments, 0, "default", "base");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        } else if (Types.isInteger(value)) {
            return Operators.plus(value);
        } else if (value instanceof Double number) {
            return number.isNaN() ? bound.get(0, 0L) : Numbers.toInteger(number);
        } else if (!Types.isText(value)) {
            return bound.get(0, 0L);
        }
        context.budget().text(2L * value.toString().length());
        Object number = null;
        try {
            number = Numbers.parseInteger(value.toString(), (int) Math.max(-1, Math.min(99, bound.integer(1, 10))));
        } catch (Failure failure) {
            if (failure.kind() != Kind.VALUE && failure.kind() != Kind.TYPE) {
                throw failure;
            }
        }
        if (number != null) {
            return number;
        }
        Double real = Numbers.parseDouble(value.toString());
        return real == null || real.isNaN() || real.isInfinite() ? bound.get(0, 0L) : Numbers.toInteger(real);
    }

    private static Object toFloat(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("float", arguments, 0, "default");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        } else if (Types.isNumber(value)) {
            return Numbers.toDouble(value);
        } else if (!Types.isText(value)) {
            return bound.get(0, 0.0);
        }
        context.budget().text(2L * value.toString().length());
        Double number = Numbers.parseDouble(value.toString());
        return number == null ? bound.get(0, 0.0) : number;
    }

    private static Object round(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("round", arguments, 0, "precision", "method");
        Object method = bound.get(1, "common");
        String name = Types.isText(method) ? method.toString() : "";
        if (!name.equals("common") && !name.equals("ceil") && !name.equals("floor")) {
            throw Failure.of(Kind.FILTER_ARGUMENT, "method must be common, ceil or floor");
        }
        Budget budget = context.budget();
        if (name.equals("common")) {
            if (!Types.isNumber(value)) {
                throw Failure.type("type " + Types.name(value) + " doesn't define __round__ method");
            }
            if (bound.given(0) && !bound.some(0)) {
                return value instanceof Double number ? Numbers.toInteger(Math.rint(number)) : Operators.plus(value);
            }
            return rounded(value, bound.integer(0, 0));
        }
        Object factor = Division.power(10L, bound.get(0, 0L));
        Object scaled = Operators.multiply(value, factor, budget);
        if (!Types.isNumber(scaled)) {
            throw Failure.type("must be real number, not " + Types.name(scaled));
        }
        Object whole = scaled;
        if (scaled instanceof Double number) {
            whole = Numbers.toInteger(name.equals("ceil") ? Math.ceil(number) : Math.floor(number));
        }
        return Division.divide(whole, factor);
    }

    private static Object rounded(Object value, long places) {
        if (value instanceof Double number) {
            if (Double.isNaN(number) || Double.isInfinite(number) || places > 323) {
                return number;
            }
            if (places < -308) {
                return Math.copySign(0.0, number);
            }
            double result = new BigDecimal(number)
                    .setScale((int) places, RoundingMode.HALF_EVEN)
                    .doubleValue();
            if (Double.isInfinite(result)) {
                throw Failure.of(Kind.OVERFLOW, "rounded value too large to represent");
            }
            return result == 0 ? Math.copySign(0.0, number) : result;
        }
        BigInteger integer = Numbers.big(value);
        if (places >= 0) {
            return Operators.plus(value);
        }
        if (-places > integer.bitLength()) {
            return 0L;
        }
        BigInteger unit = BigInteger.TEN.pow((int) -places);
        BigDecimal units = new BigDecimal(integer).divide(new BigDecimal(unit)).setScale(0, RoundingMode.HALF_EVEN);
        return Numbers.bounded(units.toBigInteger().multiply(unit));
    }

    private static Object fileSize(Context context, Object value, Arguments arguments) {
        boolean binary = Bound.named("filesizeformat", arguments, 0, "binary").truth(0, false);
        double bytes;
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        } else if (Types.isNumber(value)) {
            bytes = Numbers.toDouble(value);
        } else if (Types.isText(value)) {
            Double number = Numbers.parseDouble(value.toString());
            if (number == null) {
                throw Failure.value("could not convert string to float: " + Repr.brief(value));
            }
            bytes = number;
        } else {
            throw Failure.type("float() argument must be a string or a real number, not '" + Types.name(value) + "'");
        }
        double base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        } else if (bytes < base) {
            return Numbers.text(Numbers.toInteger(bytes)) + " Bytes";
        }
        String prefixes = binary ? "KMGTPEZY" : "kMGTPEZY";
        double unit = base;
        int prefix = -1;
        do {
            unit *= base;
            prefix++;
        } while (prefix < prefixes.length() - 1 && !(bytes < unit));
        return FormatSpec.apply(base * bytes / unit, ".1f", context.budget()) + " " + prefixes.charAt(prefix)
                + (binary ? "iB" : "B");
    }
}
