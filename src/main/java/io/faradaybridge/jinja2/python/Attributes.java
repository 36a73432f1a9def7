package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.JinjaObject;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.RangeValue;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.SliceValue;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/** {@code a.b} and {@code a['b']}: Jinja2 asks for one and then for the other. */
public final class Attributes {

    private Attributes() {}

    /** {@code owner.name}: the attribute before the item. */
    public static Object attribute(Object owner, String name) {
        Object found = own(owner, name);
        if (found == null && owner instanceof DictValue dict) {
            found = dict.get(name);
        } else if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return found == null ? Undefined.member(owner, name) : found;
    }

    /** {@code owner[key]}: the item before the attribute. */
    public static Object item(Object owner, Object key, Budget budget) {
        Object found = itemOrNull(owner, key, budget);
        if (found == null && Types.isText(key)) {
            found = own(owner, key.toString());
        }
        return found == null ? Undefined.member(owner, key) : found;
    }

    /** What Python's getattr() finds, null for an AttributeError. */
    public static @Nullable Object own(Object owner, String name) {
        if (owner instanceof Undefined undefined) {
            if (name.startsWith("__") && name.endsWith("__")) {
                return null;
            }
            throw undefined.failure();
        }
        if (Methods.has(owner, name)) {
            return new BoundMethod(owner, name);
        }
        if (owner instanceof JinjaObject object) {
            return object.attribute(name);
        } else if (owner instanceof Temporal date) {
            return DateMethods.attribute(date, name);
        } else if (owner instanceof TupleValue tuple && tuple.grouped()) {
            return name.equals("grouper") ? tuple.get(0) : name.equals("list") ? tuple.get(1) : null;
        } else if (owner instanceof RangeValue range) {
            return switch (name) {
                case "start" -> range.start();
                case "stop" -> range.stop();
                case "step" -> range.step();
                default -> null;
            };
        } else if (Types.isNumber(owner)) {
            return ofNumber(owner, name);
        }
        return null;
    }

    private static @Nullable Object ofNumber(Object number, String name) {
        return switch (name) {
            case "real" -> Operators.plus(number);
            case "imag" -> number instanceof Double ? (Object) 0.0 : 0L;
            case "numerator" -> number instanceof Double ? null : Operators.plus(number);
            case "denominator" -> number instanceof Double ? null : 1L;
            default -> null;
        };
    }

    /** Null where Python raises a TypeError or a LookupError. */
    private static @Nullable Object itemOrNull(Object owner, Object key, Budget budget) {
        try {
            return subscript(owner, key, budget);
        } catch (Failure failure) {
            Kind kind = failure.kind();
            if (kind == Kind.TYPE || kind == Kind.INDEX || kind == Kind.KEY || kind == Kind.ATTRIBUTE) {
                return null;
            }
            throw failure;
        }
    }

    /** Python's own {@code owner[key]}. */
    public static Object subscript(Object owner, Object key, Budget budget) {
        if (owner instanceof DictValue dict) {
            Object value = dict.get(key);
            if (value == null) {
                throw Failure.of(Kind.KEY, Repr.brief(key));
            }
            return value;
        }
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (key instanceof SliceValue slice) {
            return slice(owner, slice, budget);
        }
        if (owner instanceof Sequence sequence) {
            return sequence.get(index(sequence.size(), owner, key));
        }
        if (Types.isText(owner)) {
            String text = owner.toString();
            int index = index(Text.length(text), owner, key);
            String character = Text.substring(text, index, index + 1);
            return owner instanceof Markup ? new Markup(character) : character;
        }
        Object item = owner instanceof JinjaObject object && Types.isText(key) ? object.item(key.toString()) : null;
        if (item != null) {
            return item;
        }
        throw Failure.type("'" + Types.name(owner) + "' object is not subscriptable");
    }

    private static int index(int size, Object owner, Object key) {
        if (!Types.isInteger(key)) {
            throw Failure.type(Types.name(owner) + " indices must be integers or slices, not " + Types.name(key));
        }
        long index = Numbers.saturated(key);
        long absolute = index < 0 ? index + size : index;
        if (absolute < 0 || absolute >= size) {
            throw Failure.of(Kind.INDEX, Types.name(owner) + " index out of range");
        }
        return (int) absolute;
    }

    private static Object slice(Object owner, SliceValue slice, Budget budget) {
        if (owner instanceof String text) {
            return slice(text, slice, budget);
        } else if (owner instanceof Markup markup) {
            return new Markup(slice(markup.text(), slice, budget));
        } else if (owner instanceof RangeValue range) {
            SliceValue.Range part = slice.over(range.size());
            long start = range.start() + range.step() * part.first();
            long step = range.step() * part.stride();
            return new RangeValue(start, start + step * part.count(), step);
        } else if (owner instanceof Sequence sequence) {
            SliceValue.Range part = slice.over(sequence.size());
            budget.elements(part.count());
            java.util.List<Object> items = new java.util.ArrayList<>(part.count());
            for (int i = 0; i < part.count(); i++) {
                items.add(sequence.get((int) (part.first() + (long) i * part.stride())));
            }
            return owner instanceof ListValue ? new ListValue(items) : TupleValue.of(items);
        }
        throw Failure.type("'" + Types.name(owner) + "' object is not subscriptable");
    }

    private static String slice(String text, SliceValue slice, Budget budget) {
        SliceValue.Range range = slice.over(Text.length(text));
        budget.text(range.count());
        if (range.count() == 0) {
            return "";
        }
        if (range.stride() == 1) {
            return Text.substring(text, range.first(), range.first() + range.count());
        }
        StringBuilder result = new StringBuilder(range.count());
        if (Text.isPlain(text)) {
            for (int i = 0; i < range.count(); i++) {
                result.append(text.charAt((int) (range.first() + (long) i * range.stride())));
            }
            return result.toString();
        }
        budget.text(2L * text.length());
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < range.count(); i++) {
            result.appendCodePoint(characters[(int) (range.first() + (long) i * range.stride())]);
        }
        return result.toString();
    }
}
