package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Characters;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.HtmlText;
import io.faradaybridge.jinja2.text.LetterCase;
import io.faradaybridge.jinja2.text.Search;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.SliceValue;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of Python's str. Those of a Markup give Markup, and escape what they put in. */
public final class TextMethods {

    static final Set<String> NAMES =
            Set.of(("capitalize casefold center count endswith expandtabs find format format_map index "
                            + "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable "
                            + "isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix "
                            + "removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines "
                            + "startswith strip swapcase title translate upper zfill")
                    .split(" "));

    static final Set<String> OF_MARKUP = Set.of("striptags", "unescape");

    private final Object owner;
    private final String text;
    private final Budget budget;

    public TextMethods(Object owner, Budget budget) {
        this.owner = owner;
        this.text = owner.toString();
        this.budget = budget;
    }

    public Object call(String name, Arguments arguments) {
        budget.text(text.length());
        return switch (name) {
            case "format" -> StrFormat.format(owner, arguments, budget);
            case "format_map" -> formatMap(arguments);
            case "split", "rsplit" -> split(name, arguments);
            case "splitlines" ->
                list(Splitting.lines(
                        text, Bound.named(name, arguments, 0, "keepends").truth(0, false), budget));
            case "expandtabs" ->
                same(Text.expandTabs(
                        text, Bound.named(name, arguments, 0, "tabsize").integer(0, 8), budget));
            case "center", "ljust", "rjust", "zfill" -> pad(name, Bound.positional(name, arguments, 1, 2));
            case "count", "find", "index", "rfind", "rindex" -> search(name, Bound.positional(name, arguments, 1, 3));
            case "startswith", "endswith" -> affix(name, Bound.positional(name, arguments, 1, 3));
            case "strip", "lstrip", "rstrip" -> strip(name, Bound.positional(name, arguments, 0, 1));
            case "replace" -> replace(Bound.positional(name, arguments, 2, 3));
            case "join" -> join(Bound.positional(name, arguments, 1, 1).get(0));
            case "maketrans" -> Translation.table(Bound.positional(name, arguments, 1, 3), budget);
            case "translate" ->
                same(Translation.translate(
                        text, Bound.positional(name, arguments, 1, 1).get(0), budget));
            case "partition", "rpartition" -> partition(name, Bound.positional(name, arguments, 1, 1));
            case "removeprefix", "removesuffix" -> {
                String affix = Bound.positional(name, arguments, 1, 1).text(0);
                if (name.equals("removeprefix")) {
                    yield same(text.startsWith(affix) ? text.substring(affix.length()) : text);
                }
                yield same(text.endsWith(affix) ? text.substring(0, text.length() - affix.length()) : text);
            }
            default -> {
                Bound.positional(name, arguments, 0, 0);
                yield plain(name);
            }
        };
    }

    private Object plain(String name) {
        // A letter may become three, in a text that doubles as it grows.
        budget.text(6L * text.length());
        return switch (name) {
            case "capitalize" -> same(LetterCase.capitalize(text));
            case "casefold" -> same(LetterCase.fold(text));
            case "lower" -> same(LetterCase.lower(text));
            case "upper" -> same(LetterCase.upper(text));
            case "title" -> same(LetterCase.title(text));
            case "swapcase" -> same(LetterCase.swapCase(text));
            case "striptags" -> HtmlText.stripTags(text, budget);
            case "unescape" -> HtmlText.unescape(text, budget);
            default -> Characters.is(name, text);
        };
    }

    private Object same(String result) {
        return owner instanceof Markup ? new Markup(result) : result;
    }

    private ListValue list(List<String> parts) {
        budget.elements(3L * parts.size());
        ListValue list = new ListValue();
        for (String part : parts) {
            list.items.add(same(part));
        }
        return list;
    }

    private String filler(String given) {
        return owner instanceof Markup ? budget.escape(given) : given;
    }

    private Object formatMap(Arguments arguments) {
        Object values = Bound.positional("format_map", arguments, 1, 1).get(0);
        if (!(values instanceof DictValue dict)) {
            throw Failure.type("format_map() argument must be a mapping, not " + Types.name(values));
        }
        java.util.Map<String, Object> named = new java.util.LinkedHashMap<>();
        for (DictValue.Item item : dict.items()) {
            if (Types.isText(item.key)) {
                named.put(item.key.toString(), item.value);
            }
        }
        return StrFormat.format(owner, new Arguments(List.of(), named), budget);
    }

    private Object split(String name, Arguments arguments) {
        Bound bound = Bound.named(name, arguments, 0, "sep", "maxsplit");
        long most = bound.integer(1, -1);
        boolean right = name.equals("rsplit");
        if (!bound.some(0)) {
            return list(right ? Splitting.splitFromRight(text, most, budget) : Splitting.split(text, most, budget));
        }
        String separator = bound.text(0);
        if (separator.isEmpty()) {
            throw Failure.value("empty separator");
        }
        return list(
                right
                        ? Splitting.splitFromRightBy(text, separator, most, budget)
                        : Splitting.splitBy(text, separator, most, budget));
    }

    private Object pad(String name, Bound bound) {
        long width = bound.integer(0, 0);
        if (name.equals("zfill")) {
            return same(Text.zeroFill(text, width, budget));
        }
        String filler = bound.text(1, " ");
        if (Text.length(filler) != 1) {
            throw Failure.type("The fill character must be exactly one character long");
        }
        filler = filler(filler);
        if (Text.length(filler) != 1) {
            throw Failure.type("The fill character must be exactly one character long");
        }
        long missing = width - Text.length(text);
        return same(
                switch (name) {
                    case "center" -> Text.center(text, width, filler, budget);
                    case "ljust" -> Text.pad(text, 0, missing, filler, budget);
                    default -> Text.pad(text, missing, 0, filler, budget);
                });
    }

    /** The part between the second and third argument, whose offset it starts at. */
    private SliceValue.Range range(Bound bound) {
        return new SliceValue(bound.get(1, None.NONE), bound.get(2, None.NONE), None.NONE).over(Text.length(text));
    }

    /** A start behind the end finds nothing, not even the empty text. */
    private boolean beyond(Bound bound) {
        return bound.some(1) && Numbers.saturated(bound.get(1)) > Text.length(text);
    }

    private Object search(String name, Bound bound) {
        String part = bound.text(0);
        SliceValue.Range range = range(bound);
        String within = Text.substring(text, range.first(), range.first() + range.count());
        boolean crossed = bound.some(1)
                && bound.some(2)
                && range.count() == 0
                && range.first()
                        > new SliceValue(None.NONE, bound.get(2), None.NONE)
                                .over(Text.length(text))
                                .count();
        boolean nothing = beyond(bound) || crossed;
        if (name.equals("count")) {
            return nothing ? 0L : Search.count(within, part, -1);
        }
        int found = nothing
                ? -1
                : name.startsWith("r")
                        ? Search.lastIndexOf(within, part, within.length())
                        : Search.indexOf(within, part, 0);
        if (found < 0 && name.endsWith("index")) {
            throw Failure.value("substring not found");
        }
        return found < 0 ? -1L : (long) range.first() + within.codePointCount(0, found);
    }

    private Object affix(String name, Bound bound) {
        SliceValue.Range range = range(bound);
        String within = Text.substring(text, range.first(), range.first() + range.count());
        List<Object> affixes = bound.get(0) instanceof TupleValue several ? several.items() : List.of(bound.get(0));
        for (Object affix : affixes) {
            if (!Types.isText(affix)) {
                throw Failure.type(name + " first arg must be str or a tuple of str, not " + Types.name(affix));
            }
            boolean found =
                    name.equals("startswith") ? within.startsWith(affix.toString()) : within.endsWith(affix.toString());
            if (found && !beyond(bound)) {
                return true;
            }
        }
        return false;
    }

    private Object strip(String name, Bound bound) {
        @Nullable String characters = bound.some(0) ? bound.text(0) : null;
        return same(Text.strip(text, characters, !name.equals("rstrip"), !name.equals("lstrip")));
    }

    private Object replace(Bound bound) {
        String replacement = bound.text(1);
        return same(Search.replace(text, bound.text(0), filler(replacement), bound.integer(2, -1), budget));
    }

    private Object join(Object parts) {
        TextBuilder joined = new TextBuilder(budget);
        int index = 0;
        if (!Iteration.possible(parts)) {
            throw Failure.type("can only join an iterable");
        }
        for (Iterator<Object> items = Iteration.of(parts); items.hasNext(); index++) {
            budget.step();
            Object item = items.next();
            if (owner instanceof String && !Types.isText(item)) {
                throw Failure.type(
                        "sequence item " + index + ": expected str instance, " + Types.name(item) + " found");
            }
            String part = owner instanceof Markup ? Operators.escaped(item, budget) : item.toString();
            if (index > 0) {
                joined.append(text);
            }
            joined.append(part);
        }
        return same(joined.toString());
    }

    private Object partition(String name, Bound bound) {
        String separator = bound.text(0);
        if (separator.isEmpty()) {
            throw Failure.value("empty separator");
        }
        boolean right = name.equals("rpartition");
        int found = right ? Search.lastIndexOf(text, separator, text.length()) : Search.indexOf(text, separator, 0);
        if (found < 0) {
            return right
                    ? TupleValue.of(same(""), same(""), same(text))
                    : TupleValue.of(same(text), same(""), same(""));
        }
        return TupleValue.of(
                same(text.substring(0, found)), same(separator), same(text.substring(found + separator.length())));
    }

    public static Failure missing(Object owner, String name) {
        return Failure.of(Kind.ATTRIBUTE, "'" + Types.name(owner) + "' object has no attribute '" + name + "'");
    }
}
