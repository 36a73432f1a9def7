package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Types;

/** Python's {@code str.maketrans} and {@code str.translate}: each character by a table of what takes its place. */
final class Translation {

    private Translation() {}

    /** @param arguments a dict, or characters and those in their places, and perhaps some that are left out */
    static DictValue table(Bound arguments, Budget budget) {
        DictValue table = new DictValue();
        if (!arguments.given(1)) {
            if (!(arguments.get(0) instanceof DictValue dict)) {
                throw Failure.type("if you give only one argument to maketrans it must be a dict");
            }
            budget.elements(3L * dict.size());
            for (DictValue.Item item : dict.items()) {
                table.put(key(item.key), item.value);
            }
            return table;
        }
        if (!Types.isText(arguments.get(0))) {
            throw Failure.type("first maketrans argument must be a string if there is a second argument");
        }
        int[] from = arguments.text(0).codePoints().toArray();
        int[] to = arguments.text(1).codePoints().toArray();
        int[] without = arguments.text(2, "").codePoints().toArray();
        budget.elements(3L * (from.length + without.length));
        if (from.length != to.length) {
            throw Failure.value("the first two maketrans arguments must have equal length");
        }
        for (int i = 0; i < from.length; i++) {
            table.put((long) from[i], (long) to[i]);
        }
        for (int character : without) {
            table.put((long) character, None.NONE);
        }
        return table;
    }

    private static Object key(Object key) {
        if (Types.isInteger(key)) {
            return key;
        }
        if (!Types.isText(key)) {
            throw Failure.type("keys in translate table must be strings or integers");
        }
        String text = key.toString();
        if (Text.length(text) != 1) {
            throw Failure.value("string keys in translate table must be of length 1");
        }
        return (long) text.codePointAt(0);
    }

    /** @param table whatever has items by number: a dict, a list, a text */
    static String translate(String text, Object table, Budget budget) {
        TextBuilder translated = new TextBuilder(budget);
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            budget.step();
            append(character, table, translated, budget);
        }
        return translated.toString();
    }

    private static void append(int character, Object table, TextBuilder translated, Budget budget) {
        Object instead;
        try {
            instead = Attributes.subscript(table, (long) character, budget);
        } catch (Failure failure) {
            if (failure.kind() != Kind.KEY && failure.kind() != Kind.INDEX) {
                throw failure;
            }
            translated.append(Character.toString(character));
            return;
        }
        if (Types.isInteger(instead)) {
            long code = Numbers.saturated(instead);
            if (code < 0 || code > Character.MAX_CODE_POINT) {
                throw Failure.value("character mapping must be in range(0x110000)");
            }
            translated.append(Character.toString((int) code));
        } else if (Types.isText(instead)) {
            translated.append(instead.toString());
        } else if (instead != None.NONE) {
            throw Failure.type("character mapping must return integer, None or str");
        }
    }
}
