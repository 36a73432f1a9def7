package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Characters;
import io.faradaybridge.jinja2.text.Escapes;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.TextBuilder;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;

/** Python's str() and repr(). */
public final class Repr {

    private static final int LEVELS = 3;

    private final Budget budget;
    private final TextBuilder text;
    /** The containers around: one inside itself is shown as dots. */
    private final List<Object> around = new ArrayList<>();

    private final boolean sorting;

    private Repr(Budget budget, boolean sorting) {
        this.budget = budget;
        this.text = new TextBuilder(budget);
        this.sorting = sorting;
    }

    /** As it is printed. */
    public static String str(Object value, Budget budget) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof Long number) {
            return Long.toString(number);
        } else if (value instanceof Markup markup) {
            return markup.text();
        } else if (value instanceof Undefined) {
            return "";
        } else if (value instanceof Temporal date) {
            return DateText.str(date);
        }
        return of(value, budget);
    }

    public static String of(Object value, Budget budget) {
        Repr repr = new Repr(budget, false);
        repr.append(value);
        return repr.text.toString();
    }

    /** With the keys of dicts in order, as pprint shows them. */
    public static String sorted(Object value, Budget budget) {
        Repr repr = new Repr(budget, true);
        repr.append(value);
        return repr.text.toString();
    }

    /** Keys that have no order among each other are ordered by their types. */
    public static List<DictValue.Item> sortedItems(DictValue dict, Budget budget) {
        List<DictValue.Item> items = new ArrayList<>(dict.items());
        budget.elements(2L * items.size());
        items.sort((left, right) -> {
            budget.step();
            try {
                return Comparison.less(left.key, right.key, budget)
                        ? -1
                        : Comparison.less(right.key, left.key, budget) ? 1 : 0;
            } catch (Failure failure) {
                if (failure.kind() == null) {
                    throw failure;
                }
                return Types.name(left.key).compareTo(Types.name(right.key));
            }
        });
        return items;
    }

    /** For messages. */
    public static String brief(Object value) {
        if (value instanceof String text) {
            return quote(text.length() > 80 ? text.substring(0, 80) + "..." : text);
        }
        return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof None
                ? scalar(value)
                : "<" + Types.name(value) + ">";
    }

    private void append(Object value) {
        if (Types.isText(value)) {
            budget.text(Escapes.LONGEST * (long) value.toString().length());
            String quoted = quote(value.toString());
            text.append(value instanceof Markup ? "Markup(" + quoted + ")" : quoted);
        } else if (value instanceof ListValue list) {
            nested(value, "[...]", () -> items("[", list, "]"));
        } else if (value instanceof TupleValue tuple) {
            nested(value, "(...)", () -> items("(", tuple, tuple.size() == 1 ? ",)" : ")"));
        } else if (value instanceof DictValue dict) {
            nested(value, "{...}", () -> dict(dict));
        } else if (value instanceof DictView view) {
            nested(value, "...", () -> {
                text.append(Types.name(view) + "(");
                items("[", Iteration.list(view, budget), "]");
                text.append(")");
            });
        } else if (value instanceof Namespace namespace) {
            text.append("<Namespace ");
            nested(value, "{...}", () -> dict(namespace.attributes()));
            text.append(">");
        } else {
            text.append(scalar(value));
        }
    }

    private void nested(Object value, String dots, Runnable content) {
        for (Object outer : around) {
            if (Comparison.same(outer, value)) {
                text.append(dots);
                return;
            }
        }
        budget.enter(LEVELS);
        around.add(value);
        try {
            content.run();
        } finally {
            around.remove(around.size() - 1);
            budget.leave(LEVELS);
        }
    }

    private void items(String open, Sequence items, String close) {
        text.append(open);
        for (int i = 0; i < items.size(); i++) {
            budget.step();
            if (i > 0) {
                text.append(", ");
            }
            append(items.get(i));
        }
        text.append(close);
    }

    private void dict(DictValue dict) {
        text.append("{");
        boolean first = true;
        for (DictValue.Item item : sorting ? sortedItems(dict, budget) : dict.items()) {
            budget.step();
            if (!first) {
                text.append(", ");
            }
            first = false;
            append(item.key);
            text.append(": ");
            append(item.value);
        }
        text.append("}");
    }

    private static String scalar(Object value) {
        if (value instanceof Long || value instanceof BigInteger) {
            return Numbers.text(value);
        } else if (value instanceof Double number) {
            return Numbers.repr(number);
        } else if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        } else if (value instanceof None) {
            return "None";
        } else if (value instanceof Undefined) {
            return "Undefined";
        } else if (value instanceof RangeValue range) {
            String ends = "range(" + range.start() + ", " + range.stop();
            return range.step() == 1 ? ends + ")" : ends + ", " + range.step() + ")";
        } else if (value instanceof Temporal date) {
            return DateText.repr(date);
        } else if (value instanceof SliceValue slice) {
            return "slice(" + scalar(slice.start()) + ", " + scalar(slice.stop()) + ", " + scalar(slice.step()) + ")";
        } else if (value instanceof JinjaObject object) {
            return object.repr();
        }
        return "<" + Types.name(value) + " object>";
    }

    public static String quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character == quote || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character == '\n') {
                quoted.append("\\n");
            } else if (character == '\r') {
                quoted.append("\\r");
            } else if (character == '\t') {
                quoted.append("\\t");
            } else if (Characters.isPrintable(character)) {
                quoted.appendCodePoint(character);
            } else {
                Escapes.append(quoted, character);
            }
        }
        return quoted.append(quote).toString();
    }

    /** Python's ascii(): as repr, with everything beyond ASCII escaped. */
    public static String ascii(Object value, Budget budget) {
        return escapeNonAscii(of(value, budget), budget);
    }

    static String escapeNonAscii(String text, Budget budget) {
        budget.text(text.length());
        return Escapes.ascii(text);
    }
}
