package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.Operators;
import io.faradaybridge.jinja2.python.PercentFormat;
import io.faradaybridge.jinja2.python.PrettyPrint;
import io.faradaybridge.jinja2.python.Strftime;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.LetterCase;
import io.faradaybridge.jinja2.text.Search;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.WordWrap;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The filters that make a text of a text. */
final class TextFilters {

    private static final String TITLE_BREAKS = "-({[<";

    private TextFilters() {}

    static void addTo(Map<String, Filter> filters) {
        for (String name : List.of("upper", "lower", "capitalize")) {
            filters.put(name, Filters.plain(name, (context, value) -> Filters.method(context, value, name)));
        }
        filters.put("title", Filters.plain("title", TextFilters::title));
        filters.put("string", Filters.plain("string", (context, value) -> Filters.softText(value, context.budget())));
        filters.put("wordcount", Filters.plain("wordcount", TextFilters::wordCount));
        filters.put("pprint", Filters.plain("pprint", (context, value) -> PrettyPrint.of(value, context.budget())));
        filters.put("center", TextFilters::center);
        filters.put("trim", TextFilters::trim);
        filters.put("replace", TextFilters::replace);
        filters.put("truncate", TextFilters::truncate);
        filters.put("indent", TextFilters::indent);
        filters.put("wordwrap", TextFilters::wordWrap);
        filters.put("format", TextFilters::format);
        filters.put("default", TextFilters::otherwise);
        filters.put("d", TextFilters::otherwise);
        filters.put("datetimeformat", TextFilters::dateTimeFormat);
    }

    private static Object title(Context context, Object value) {
        Object text = Filters.softText(value, context.budget());
        String words = text.toString();
        context.budget().text(2L * words.length());
        StringBuilder result = new StringBuilder(words.length());
        int at = 0;
        while (at < words.length()) {
            int end = at;
            boolean gap = isTitleBreak(words.codePointAt(at));
            while (end < words.length() && isTitleBreak(words.codePointAt(end)) == gap) {
                end += Character.charCount(words.codePointAt(end));
            }
            int first = at + Character.charCount(words.codePointAt(at));
            context.budget().step();
            result.append(LetterCase.upper(words.substring(at, first)))
                    .append(LetterCase.lower(words.substring(first, end)));
            at = end;
        }
        return result.toString();
    }

    private static boolean isTitleBreak(int character) {
        return Text.isSpace(character) || TITLE_BREAKS.indexOf(character) >= 0;
    }

    private static Object wordCount(Context context, Object value) {
        String text = Filters.softText(value, context.budget()).toString();
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            int character = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(character)) {
                i++;
            }
            boolean word = Text.isWord(character);
            words += word && !inside ? 1 : 0;
            inside = word;
        }
        return words;
    }

    private static Object center(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("center", arguments, 0, "width");
        return Filters.method(context, value, "center", bound.get(0, 80L));
    }

    private static Object trim(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("trim", arguments, 0, "chars");
        return Filters.method(context, value, "strip", bound.get(0, None.NONE));
    }

    private static Object replace(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("replace", arguments, 2, "old", "new", "count");
        Budget budget = context.budget();
        long most = bound.some(2) ? bound.integer(2, -1) : -1;
        if (!context.autoescape()) {
            return Search.replace(
                    Repr.str(value, budget),
                    Repr.str(bound.get(0), budget),
                    Repr.str(bound.get(1), budget),
                    most,
                    budget);
        }
        Object text = Filters.softText(value, budget);
        if (bound.get(0) instanceof Markup || (bound.get(1) instanceof Markup && !(value instanceof Markup))) {
            text = new Markup(Operators.escaped(value, budget));
        }
        String replacement =
                text instanceof Markup ? Operators.escaped(bound.get(1), budget) : Repr.str(bound.get(1), budget);
        return Filters.like(
                text, Search.replace(text.toString(), Repr.str(bound.get(0), budget), replacement, most, budget));
    }

    private static Object truncate(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("truncate", arguments, 0, "length", "killwords", "end", "leeway");
        long length = bound.integer(0, 255);
        String end = bound.text(2, "...");
        long leeway = bound.some(3) ? bound.integer(3, 5) : 5;
        if (length < Text.length(end)) {
            throw Failure.of(Kind.ASSERTION, "expected length >= " + Text.length(end) + ", got " + length);
        } else if (leeway < 0) {
            throw Failure.of(Kind.ASSERTION, "expected leeway >= 0, got " + leeway);
        }
        if (Iteration.length(value) <= length + leeway) {
            return value;
        }
        if (value instanceof Sequence && !bound.truth(1, false)) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(value) + "' object has no attribute 'rsplit'");
        } else if (!Types.isText(value)) {
            throw Failure.type("truncate() shortens a text, not a " + Types.name(value));
        }
        String text = value.toString();
        context.budget().text(length + end.length());
        String kept = Text.substring(text, 0, (int) (length - Text.length(end)));
        int blank = bound.truth(1, false) ? -1 : kept.lastIndexOf(' ');
        String shortened = blank < 0 ? kept : kept.substring(0, blank);
        return value instanceof Markup
                ? new Markup(shortened + Operators.escaped(bound.get(2, end), context.budget()))
                : bound.get(2, end) instanceof Markup suffix
                        ? new Markup(context.budget().escape(shortened) + suffix.text())
                        : shortened + end;
    }

    private static Object indent(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("indent", arguments, 0, "width", "first", "blank");
        Budget budget = context.budget();
        Object width = bound.get(0, 4L);
        String blanks = Types.isText(width) ? width.toString() : Text.repeat(" ", bound.integer(0, 4), budget);
        if (value instanceof ListValue) {
            throw Failure.of(Kind.ATTRIBUTE, "'list' object has no attribute 'splitlines'");
        } else if (!Types.isText(value)) {
            Operators.add(value, "\n", budget);
        }
        boolean all = bound.truth(2, false);
        List<String> lines = Splitting.lines(value + "\n", false, budget);
        budget.text(value.toString().length() + Text.product(lines.size(), blanks.length() + 1L));
        StringBuilder result = new StringBuilder();
        if (bound.truth(1, false)) {
            result.append(blanks);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                result.append('\n');
                if (all || !lines.get(i).isEmpty()) {
                    result.append(blanks);
                }
            }
            result.append(lines.get(i));
        }
        return Filters.like(value, result.toString());
    }

    private static Object wordWrap(Context context, Object value, Arguments arguments) {
        Bound bound =
                Bound.named("wordwrap", arguments, 0, "width", "break_long_words", "wrapstring", "break_on_hyphens");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isText(value)) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(value) + "' object has no attribute 'splitlines'");
        }
        Object wrap = bound.some(2) ? bound.get(2) : "\n";
        if (!Types.isText(wrap)) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(wrap) + "' object has no attribute 'join'");
        }
        Object width = bound.get(0, 79L);
        if (!Types.isNumber(width)) {
            throw Failure.type("'<=' not supported between instances of '" + Types.name(width) + "' and 'int'");
        }
        Budget budget = context.budget();
        WordWrap work = new WordWrap(bound.integer(0, 79), bound.truth(1, true), bound.truth(3, true), budget);
        List<String> paragraphs = new ArrayList<>();
        for (String line : Splitting.lines(value.toString(), false, budget)) {
            paragraphs.add(join(work.lines(line), wrap.toString(), budget));
        }
        return Filters.like(wrap, join(paragraphs, wrap.toString(), budget));
    }

    private static String join(List<String> parts, String separator, Budget budget) {
        long characters = Text.product(parts.size(), separator.length());
        for (String part : parts) {
            characters += part.length();
        }
        budget.text(characters);
        return String.join(separator, parts);
    }

    private static Object format(Context context, Object value, Arguments arguments) {
        if (arguments.count() > 0 && !arguments.named().isEmpty()) {
            throw Failure.of(Kind.FILTER_ARGUMENT, "can't handle positional and keyword arguments at the same time");
        }
        Object values = TupleValue.of(arguments.positional());
        if (!arguments.named().isEmpty()) {
            DictValue dict = new DictValue();
            arguments.named().forEach(dict::put);
            values = dict;
        }
        return PercentFormat.format(Filters.softText(value, context.budget()), values, context.budget());
    }

    private static Object otherwise(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("default", arguments, 0, "default_value", "boolean");
        boolean missing = value instanceof Undefined || (bound.truth(1, false) && !Iteration.truth(value));
        return missing ? bound.get(0, "") : value;
    }

    /** Faraday's own: a date, or the text of one as JSON has it, in the format of strftime. */
    private static Object dateTimeFormat(Context context, Object value, Arguments arguments) {
        String format = Bound.named("datetimeformat", arguments, 1, "format").text(0);
        if (value instanceof None || value instanceof Undefined) {
            return "";
        }
        Temporal date =
                value instanceof Temporal known ? known : Types.isText(value) ? Strftime.parse(value.toString()) : null;
        if (date == null) {
            throw Failure.value("datetimeformat() takes a date, or a text such as 2024-05-01T12:00:00+00:00, not "
                    + Repr.brief(value));
        }
        return Strftime.format(date, format, context.budget());
    }
}
