package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.python.Json;
import io.faradaybridge.jinja2.python.Operators;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.HtmlText;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.text.Urlize;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.DictView;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The filters that make HTML, addresses and JSON. */
final class HtmlFilters {

    private HtmlFilters() {}

    static void addTo(Map<String, Filter> filters) {
        Filter escape = Filters.plain(
                "escape",
                (context, value) ->
                        value instanceof Markup ? value : new Markup(Operators.escaped(value, context.budget())));
        filters.put("escape", escape);
        filters.put("e", escape);
        filters.put(
                "forceescape",
                Filters.plain(
                        "forceescape",
                        (context, value) ->
                                new Markup(Operators.escaped(Repr.str(value, context.budget()), context.budget()))));
        filters.put(
                "safe",
                Filters.plain(
                        "safe",
                        (context, value) ->
                                value instanceof Markup ? value : new Markup(Repr.str(value, context.budget()))));
        filters.put(
                "striptags",
                Filters.plain(
                        "striptags",
                        (context, value) -> HtmlText.stripTags(Repr.str(value, context.budget()), context.budget())));
        filters.put("urlencode", Filters.plain("urlencode", HtmlFilters::urlEncode));
        filters.put("urlize", HtmlFilters::urlize);
        filters.put("xmlattr", HtmlFilters::xmlAttributes);
        filters.put("tojson", HtmlFilters::toJson);
    }

    private static Object urlEncode(Context context, Object value) {
        Budget budget = context.budget();
        if (Types.isText(value) || !Iteration.possible(value)) {
            return quote(value, false, budget);
        }
        TextBuilder query = new TextBuilder(budget);
        Object pairs = value instanceof DictValue dict ? new DictView(dict, DictView.Kind.ITEMS) : value;
        for (Iterator<Object> items = Iteration.of(pairs); items.hasNext(); ) {
            budget.step();
            List<Object> pair = Iteration.unpack(items.next(), 2);
            query.append(query.length() == 0 ? "" : "&")
                    .append(quote(pair.get(0), true, budget))
                    .append("=")
                    .append(quote(pair.get(1), true, budget));
        }
        return query.toString();
    }

    /** @param query in a query a slash is quoted too, and a blank is a plus */
    private static String quote(Object value, boolean query, Budget budget) {
        String text = Repr.str(value, budget);
        budget.text(4L * text.length());
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain = character < 0x80
                    && (Character.isLetterOrDigit(character)
                            || "_.-~".indexOf(character) >= 0
                            || (character == '/' && !query));
            if (plain) {
                quoted.append(character);
            } else if (character == ' ' && query) {
                quoted.append('+');
            } else {
                quoted.append('%')
                        .append(Character.toUpperCase(Character.forDigit(character >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(character & 15, 16)));
            }
        }
        return quoted.toString();
    }

    private static Object urlize(Context context, Object value, Arguments arguments) {
        Bound bound =
                Bound.named("urlize", arguments, 0, "trim_url_limit", "nofollow", "target", "rel", "extra_schemes");
        TreeSet<String> rel = new TreeSet<>(Splitting.split(bound.some(3) ? bound.text(3) : "", -1, context.budget()));
        if (bound.truth(1, false)) {
            rel.add("nofollow");
        }
        rel.add("noopener");
        List<String> schemes = new ArrayList<>();
        if (bound.some(4)) {
            Iteration.of(bound.get(4)).forEachRemaining(scheme -> schemes.add(scheme(scheme)));
        }
        String target = bound.some(2) ? Repr.str(bound.get(2), context.budget()) : "";
        Urlize work = new Urlize(bound.some(0) ? bound.integer(0, 0) : -1, String.join(" ", rel), target, schemes);
        String html = work.links(Operators.escaped(value, context.budget()), context.budget());
        return context.printsHtml() ? new Markup(html) : html;
    }

    private static String scheme(Object scheme) {
        if (!Types.isText(scheme)) {
            throw Failure.type("expected string or bytes-like object, got '" + Types.name(scheme) + "'");
        }
        String text = scheme.toString();
        int colon = text.indexOf(':');
        boolean valid = colon >= 2
                && text.substring(0, colon)
                        .codePoints()
                        .allMatch(character -> Text.isWord(character) || ".+-".indexOf(character) >= 0)
                && List.of(":", ":/", "://").contains(text.substring(colon));
        if (!valid) {
            throw Failure.of(Kind.FILTER_ARGUMENT, Repr.brief(text) + " is not a valid URI scheme prefix.");
        }
        return text;
    }

    private static Object xmlAttributes(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("xmlattr", arguments, 0, "autospace");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof DictValue dict)) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(value) + "' object has no attribute 'items'");
        }
        Budget budget = context.budget();
        TextBuilder attributes = new TextBuilder(budget);
        for (DictValue.Item item : dict.items()) {
            budget.step();
            if (item.value instanceof None || item.value instanceof Undefined) {
                continue;
            }
            if (!Types.isText(item.key)) {
                throw Failure.type("expected string or bytes-like object, got '" + Types.name(item.key) + "'");
            }
            String key = item.key.toString();
            if (key.chars().anyMatch(character -> " \t\n\r\f\u000b/>=".indexOf(character) >= 0)) {
                throw Failure.value("Invalid character in attribute name: " + Repr.brief(key));
            }
            attributes
                    .append(attributes.length() == 0 ? "" : " ")
                    .append(Operators.escaped(item.key, budget))
                    .append("=\"")
                    .append(Operators.escaped(item.value, budget))
                    .append("\"");
        }
        String space = bound.truth(0, true) && attributes.length() > 0 ? " " : "";
        String result = space + attributes;
        return context.printsHtml() ? new Markup(result) : result;
    }

    private static Object toJson(Context context, Object value, Arguments arguments) {
        Bound bound = Bound.named("tojson", arguments, 0, "indent");
        String json = Json.of(value, bound.some(0) ? bound.get(0) : None.NONE, context.budget());
        context.budget().text(json.length());
        StringBuilder safe = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            switch (character) {
                case '<' -> safe.append("\\u003c");
                case '>' -> safe.append("\\u003e");
                case '&' -> safe.append("\\u0026");
                case '\'' -> safe.append("\\u0027");
                default -> safe.append(character);
            }
        }
        return context.budget().escapesHtml() ? new Markup(safe.toString()) : safe.toString();
    }
}
