package io.faradaybridge.jinja2.values;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** What Python calls the type of a value. */
public final class Types {

    private Types() {}

    public static String name(Object value) {
        if (value instanceof String) {
            return "str";
        } else if (value instanceof Long || value instanceof BigInteger) {
            return "int";
        } else if (value instanceof Double) {
            return "float";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof None) {
            return "NoneType";
        } else if (value instanceof ListValue) {
            return "list";
        } else if (value instanceof TupleValue tuple) {
            return tuple.grouped() ? "_GroupTuple" : "tuple";
        } else if (value instanceof DictValue) {
            return "dict";
        } else if (value instanceof RangeValue) {
            return "range";
        } else if (value instanceof DictView view) {
            return switch (view.kind()) {
                case KEYS -> "dict_keys";
                case VALUES -> "dict_values";
                case ITEMS -> "dict_items";
            };
        } else if (value instanceof Generator generator) {
            return generator.type();
        } else if (value instanceof OffsetDateTime || value instanceof LocalDateTime) {
            return "datetime.datetime";
        } else if (value instanceof LocalDate) {
            return "datetime.date";
        } else if (value instanceof LocalTime) {
            return "datetime.time";
        } else if (value instanceof SliceValue) {
            return "slice";
        } else if (value instanceof JinjaObject object) {
            return object.type();
        }
        return value.getClass().getSimpleName();
    }

    /** As in messages about undefined values, which name the module of what is not built into Python. */
    static String qualifiedName(Object value) {
        if (value instanceof Markup) {
            return "markupsafe.Markup";
        } else if (value instanceof Undefined) {
            return "jinja2.runtime.Undefined";
        } else if (value instanceof JinjaObject object) {
            return object.qualifiedType();
        } else if (value instanceof TupleValue tuple && tuple.grouped()) {
            return "jinja2.filters._GroupTuple";
        }
        return name(value);
    }

    public static boolean isText(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    /** An int to Python's operators, which counts True and False in. */
    public static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    public static boolean isNumber(Object value) {
        return isInteger(value) || value instanceof Double;
    }

    public static boolean isCallable(Object value) {
        return value instanceof Callable || value instanceof Undefined;
    }

    /** What can be iterated over more than once and has a length. */
    public static boolean hasLength(Object value) {
        return isText(value)
                || value instanceof Sequence
                || value instanceof DictValue
                || value instanceof DictView
                || value instanceof Undefined
                || value instanceof Series;
    }
}
