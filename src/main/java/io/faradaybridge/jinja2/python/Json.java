package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Escapes;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.Sorting;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's json.dumps with sorted keys. */
public final class Json {

    private static final int LEVELS = 3;

    private final Budget budget;
    private final @Nullable String indent;
    private final TextBuilder out;
    private final List<Object> around = new ArrayList<>();

    private Json(@Nullable String indent, Budget budget) {
        this.indent = indent;
        this.budget = budget;
        this.out = new TextBuilder(budget);
    }

    /** @param indent a number of blanks, a text, or None for a single line */
    public static String of(Object value, Object indent, Budget budget) {
        String blanks = indent == None.NONE
                ? null
                : Types.isText(indent)
                        ? indent.toString()
                        : Types.isInteger(indent) ? Text.repeat(" ", Numbers.saturated(indent), budget) : null;
        if (indent != None.NONE && blanks == null) {
            throw Failure.type("can't multiply sequence by non-int of type '" + Types.name(indent) + "'");
        }
        Json json = new Json(blanks, budget);
        json.append(value);
        return json.out.toString();
    }

    private void append(Object value) {
        if (Types.isText(value)) {
            out.append(quote(value.toString()));
        } else if (value instanceof ListValue || value instanceof TupleValue) {
            nested(value, () -> list((Sequence) value));
        } else if (value instanceof DictValue dict) {
            nested(value, () -> dict(dict));
        } else {
            out.append(scalar(value));
        }
    }

    private static String scalar(Object value) {
        if (value instanceof None) {
            return "null";
        } else if (value instanceof Boolean truth) {
            return truth ? "true" : "false";
        } else if (Types.isInteger(value)) {
            return Numbers.text(value);
        } else if (value instanceof Double number) {
            if (number.isNaN()) {
                return "NaN";
            }
            return number.isInfinite() ? number > 0 ? "Infinity" : "-Infinity" : Numbers.repr(number);
        }
        throw Failure.type("Object of type " + Types.name(value) + " is not JSON serializable");
    }

    private void nested(Object value, Runnable content) {
        for (Object outer : around) {
            if (Comparison.same(outer, value)) {
                throw Failure.value("Circular reference detected");
            }
        }
        budget.enter(LEVELS);
        around.add(value);
        content.run();
        around.remove(around.size() - 1);
        budget.leave(LEVELS);
    }

    private void list(Sequence list) {
        if (list.size() == 0) {
            out.append("[]");
            return;
        }
        out.append("[");
        for (int i = 0; i < list.size(); i++) {
            budget.step();
            separate(i > 0);
            append(list.get(i));
        }
        close("]");
    }

    private void separate(boolean comma) {
        if (indent == null) {
            out.append(comma ? ", " : "");
        } else {
            out.append(comma ? ",\n" : "\n");
            out.append(Text.repeat(indent, around.size(), budget));
        }
    }

    private void close(String bracket) {
        if (indent != null) {
            out.append("\n");
            out.append(Text.repeat(indent, around.size() - 1L, budget));
        }
        out.append(bracket);
    }

    private void dict(DictValue dict) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        List<Object> items = new ArrayList<>(dict.items());
        List<Object> keys = new ArrayList<>();
        for (DictValue.Item item : dict.items()) {
            keys.add(item.key);
        }
        out.append("{");
        boolean comma = false;
        for (Object sorted : Sorting.sorted(items, keys, false, budget)) {
            DictValue.Item item = (DictValue.Item) sorted;
            budget.step();
            separate(comma);
            comma = true;
            if (Types.isText(item.key)) {
                out.append(quote(item.key.toString()));
            } else if (item.key instanceof None || Types.isNumber(item.key)) {
                out.append(quote(scalar(item.key)));
            } else {
                throw Failure.type("keys must be str, int, float, bool or None, not " + Types.name(item.key));
            }
            out.append(": ");
            append(item.value);
        }
        close("}");
    }

    private String quote(String text) {
        budget.text(Escapes.LONGEST * (long) text.length());
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (character >= ' ' && character < 0x7f) {
                        quoted.append(character);
                    } else {
                        Escapes.hex(quoted.append("\\u"), character, 4);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
