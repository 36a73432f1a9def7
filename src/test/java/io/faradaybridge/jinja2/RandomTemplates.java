package io.faradaybridge.jinja2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Templates grown at random from a grammar, mostly valid; the same seed gives the same ones. */
final class RandomTemplates {

    private static final String[] NAMES = {"a", "n", "xs", "words", "d", "s", "users", "x", "y", "missing", "f", "ns"};
    private static final String[] ATTRIBUTES = {
        "name", "age", "k", "0", "1", "items", "upper", "nope", "count", "index", "real", "list"
    };
    private static final String[] PLAIN_FILTERS = {
        "abs",
        "capitalize",
        "e",
        "escape",
        "first",
        "float",
        "forceescape",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "max",
        "min",
        "pprint",
        "reverse",
        "round",
        "safe",
        "select",
        "reject",
        "sort",
        "string",
        "striptags",
        "sum",
        "title",
        "tojson",
        "trim",
        "unique",
        "upper",
        "urlencode",
        "urlize",
        "wordcount",
        "dictsort",
        "count",
        "d",
        "default",
        "indent",
        "wordwrap",
        "xmlattr",
        "filesizeformat",
        "center",
        "truncate",
        "format"
    };
    private static final String[] CALLED_FILTERS = {
        "batch(2)",
        "batch(3, 'z')",
        "center(9)",
        "default('q')",
        "default('q', true)",
        "dictsort(by='value')",
        "groupby('age')|list",
        "indent(2)",
        "indent(3, true)",
        "int(5)",
        "join('-')",
        "join(', ', attribute='name')",
        "map('upper')|list",
        "map(attribute='name')|list",
        "map('string')|join",
        "max(attribute='age')",
        "reject('odd')|list",
        "rejectattr('age')|list",
        "replace('a', 'o')",
        "replace('e', '', 1)",
        "round(1)",
        "round(1, 'floor')",
        "round(2, 'ceil')",
        "select('string')|list",
        "selectattr('age', 'gt', 26)|list",
        "slice(3)|list",
        "sort(reverse=true)",
        "sort(attribute='name')",
        "sum(start=3)",
        "sum(attribute='age')",
        "tojson(2)",
        "trim('a')",
        "truncate(6)",
        "truncate(6, true)",
        "truncate(5, end='..', leeway=0)",
        "unique(true)|list",
        "urlize(10)",
        "wordwrap(7)",
        "wordwrap(5, false)",
        "xmlattr(false)",
        "attr('name')",
        "filesizeformat(true)",
        "float(1.5)",
        "format(1, 'z')",
        "map('int')|sum",
        "select|list",
        "batch(2)|list"
    };
    private static final String[] TESTS = {
        "boolean", "callable", "defined", "escaped", "even", "false", "float", "integer", "iterable", "lower",
        "mapping", "none", "number", "odd", "sequence", "string", "true", "undefined", "upper", "divisibleby 3",
        "eq 2", "gt 1", "in [1, 'a']", "sameas none", "lessthan(3)", "ne 'a'", "filter", "test"
    };
    private static final String[] METHODS = {
        "upper()",
        "lower()",
        "title()",
        "capitalize()",
        "strip()",
        "split()",
        "split('a')",
        "splitlines()",
        "replace('a', 'b')",
        "startswith('a')",
        "find('a')",
        "count('a')",
        "center(8)",
        "zfill(6)",
        "rjust(7, '*')",
        "isdigit()",
        "isalpha()",
        "isupper()",
        "swapcase()",
        "partition('a')",
        "rpartition(' ')",
        "expandtabs(4)",
        "removeprefix('a')",
        "format(1, a=2)",
        "join(['p', 'q'])",
        "items()",
        "keys()",
        "values()",
        "get('k')",
        "get('a', 5)",
        "index('a')",
        "append(1)",
        "pop()",
        "copy()",
        "rsplit('a', 1)",
        "lstrip('ab')",
        "istitle()",
        "bit_length()",
        "update(z=1)",
        "extend([1])",
        "rfind('a')",
        "endswith('s')",
        "ljust(5)",
        "casefold()"
    };
    private static final String[] FORMATS = {
        "%s", "%d", "%5.2f", "%r", "%x", "%-6s|", "%+d", "%e", "%g", "%05d", "%c", "%%", "%.3s", "%o", "%i"
    };
    private static final String[] SPECS = {
        "{}",
        "{:>6}",
        "{:<6}|",
        "{:^7}",
        "{:05d}",
        "{:.2f}",
        "{:+}",
        "{:,}",
        "{:x}",
        "{!r}",
        "{:e}",
        "{:.3}",
        "{:%}",
        "{:*^9}",
        "{:_}",
        "{:b}",
        "{:g}",
        "{0}",
        "{:8.3f}",
        "{:08.2f}",
        "{:#x}"
    };
    private static final String[] STRINGS = {
        "'a'",
        "'abc'",
        "'A b-c'",
        "''",
        "'5'",
        "'3.7'",
        "'é😀x'",
        "'it\\'s'",
        "'<b>&'",
        "\"q\"",
        "'a\\nb'",
        "' pad '",
        "'%s'",
        "'{}'",
        "'banana split'",
        "'http://x.com/a'",
        "'x\\ty'"
    };
    private static final String[] NUMBERS = {
        "0", "1", "2", "3", "7", "10", "-1", "2.5", "0.1", "1e3", "100", "1.0", "1e16", "123456789012345678901", "12.75"
    };
    private static final String[] BINARY = {
        "+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in"
    };

    private static final String[] ARITHMETIC = {"+", "-", "*", "/", "//", "%", "+", "*"};
    private static final String[] SLICES = {"[1:]", "[:2]", "[::-1]", "[-2:]", "[::2]", "[3:1:-1]", "[1:-1]"};
    private static final String[] TEXT_FILTERS = {
        "upper",
        "lower",
        "title",
        "capitalize",
        "trim",
        "e",
        "forceescape",
        "safe",
        "striptags",
        "urlize",
        "urlencode",
        "indent",
        "wordwrap(7)",
        "wordwrap(5, false)",
        "truncate(6)",
        "truncate(6, true)",
        "center(11)",
        "string",
        "replace('a', 'o')",
        "replace('<', '>')",
        "default('q')",
        "reverse",
        "tojson",
        "pprint",
        "trim('a')",
        "indent(2, true)",
        "truncate(5, end='..', leeway=0)",
        "e|upper",
        "first",
        "last",
        "wordwrap(9)|indent(1)"
    };
    private static final String[] TEXT_METHODS = {
        "upper()",
        "lower()",
        "title()",
        "capitalize()",
        "strip()",
        "replace('a', 'b')",
        "center(8)",
        "zfill(6)",
        "rjust(7, '*')",
        "swapcase()",
        "expandtabs(4)",
        "removeprefix('a')",
        "lstrip('ab')",
        "ljust(5)",
        "casefold()",
        "rstrip()",
        "removesuffix('s')",
        "join(['p', 'q'])",
        "strip('aA')"
    };
    private static final String[] NUMBER_FILTERS = {
        "abs",
        "round",
        "round(1)",
        "round(1, 'floor')",
        "round(2, 'ceil')",
        "int",
        "float",
        "filesizeformat",
        "filesizeformat(true)",
        "string",
        "tojson",
        "default(4)",
        "round(-1)",
        "pprint",
        "e"
    };
    private static final String[] LIST_FILTERS = {
        "list",
        "sort|list",
        "sort(reverse=true)",
        "unique|list",
        "unique(true)|list",
        "reverse|list",
        "map('string')|list",
        "map('upper')|list",
        "map('length')|list",
        "select|list",
        "reject|list",
        "select('string')|list",
        "reject('number')|list",
        "select('mapping')|list",
        "batch(2)|list",
        "batch(3, 'z')|list",
        "slice(2)|list",
        "slice(3, '-')|list",
        "first",
        "last",
        "min",
        "max",
        "sum",
        "join(', ')",
        "tojson",
        "pprint",
        "map(attribute='name')|list",
        "map(attribute='name', default='?')|list",
        "selectattr('name', 'defined')|list",
        "selectattr('age', 'gt', 26)|list",
        "rejectattr('name')|list",
        "groupby('age')|list",
        "sort(attribute='name')",
        "sum(attribute='age')",
        "max(attribute='age')",
        "join('/', attribute='name')",
        "select('in', [1, 'a'])|list",
        "map('default', 'x')|list",
        "groupby('name')|map('first')|list",
        "dictsort",
        "items|list"
    };

    private final Random random;

    RandomTemplates(long seed) {
        random = new Random(seed);
    }

    static Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("a", 1L);
        data.put("n", null);
        data.put("xs", new ArrayList<>(List.of(3L, 1L, 2L)));
        data.put("words", new ArrayList<>(List.of("banana", "Apple", "cherry", "apple")));
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("k", 1L);
        dict.put("a", "v");
        dict.put("Z", new ArrayList<>(List.of(1L, 2L)));
        data.put("d", dict);
        data.put("s", "Hello <World> & 'all', 1");
        List<Object> users = new ArrayList<>();
        for (String name : List.of("bob", "Al", "cy")) {
            Map<String, Object> user = new LinkedHashMap<>();
            user.put("name", name);
            user.put("age", 20L + name.length() * 3L);
            users.add(user);
        }
        data.put("users", users);
        data.put("f", 2.5);
        return data;
    }

    String next() {
        StringBuilder out = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            statement(out, 3);
        }
        return out.toString();
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void body(StringBuilder out, int depth) {
        int parts = 1 + random.nextInt(2);
        for (int i = 0; i < parts; i++) {
            statement(out, depth - 1);
        }
    }

    private String open() {
        return random.nextInt(12) == 0 ? "{%- " : "{% ";
    }

    private String close() {
        return random.nextInt(12) == 0 ? " -%}" : " %}";
    }

    private void tag(StringBuilder out, String content) {
        out.append(open()).append(content).append(close());
    }

    private void statement(StringBuilder out, int depth) {
        int kind = depth <= 0 ? random.nextInt(4) : random.nextInt(17);
        switch (kind) {
            case 0 -> out.append(pick(new String[] {" text ", "\n", "x", "  \n ", "é"}));
            case 1, 2, 3 -> out.append("{{ ").append(expression(3)).append(" }}");
            case 4, 5 -> {
                tag(out, "if " + expression(2));
                body(out, depth);
                if (random.nextBoolean()) {
                    tag(out, random.nextBoolean() ? "else" : "elif " + expression(1));
                    body(out, depth);
                }
                tag(out, "endif");
            }
            case 6, 7, 8 -> loop(out, depth);
            case 9, 10 -> tag(out, "set " + pick(new String[] {"x", "y", "a", "q"}) + " = " + expression(2));
            case 11 -> {
                tag(out, "set " + pick(new String[] {"x", "y"}) + (random.nextInt(3) == 0 ? " | upper" : ""));
                body(out, depth);
                tag(out, "endset");
            }
            case 12 -> {
                String name = pick(new String[] {"m", "w"});
                tag(out, "macro " + name + "(x, y=" + expression(1) + ")");
                body(out, depth);
                if (random.nextInt(3) == 0) {
                    out.append("{{ caller(x) if caller else varargs }}");
                }
                tag(out, "endmacro");
                if (random.nextInt(3) == 0) {
                    tag(out, "call(y) " + name + "(" + expression(1) + ")");
                    body(out, depth);
                    tag(out, "endcall");
                } else {
                    out.append("{{ ")
                            .append(name)
                            .append("(")
                            .append(expression(1))
                            .append(") }}");
                }
            }
            case 13 -> {
                tag(
                        out,
                        "filter "
                                + pick(new String[] {"upper", "trim", "title", "indent(2)", "replace('a', 'b')", "e"}));
                body(out, depth);
                tag(out, "endfilter");
            }
            case 14 -> {
                tag(out, "with " + pick(new String[] {"x", "y", "a"}) + " = " + expression(2));
                body(out, depth);
                tag(out, "endwith");
            }
            case 15 -> {
                tag(out, "set ns = namespace(x=" + expression(1) + ")");
                body(out, depth);
                tag(out, "set ns.x = " + expression(1));
                out.append("{{ ns.x }}");
            }
            default -> {
                tag(out, "autoescape " + random.nextBoolean());
                body(out, depth);
                tag(out, "endautoescape");
            }
        }
    }

    private void loop(StringBuilder out, int depth) {
        boolean pair = random.nextInt(4) == 0;
        String iterable = random.nextInt(3) == 0
                ? expression(2)
                : pick(new String[] {"xs", "words", "d", "users", "range(3)", "'ab'", "d.items()", "[1, [2, 3]]", "[]"
                });
        tag(
                out,
                "for " + (pair ? "x, y" : pick(new String[] {"x", "y", "i"})) + " in " + (pair ? "d|items" : iterable)
                        + (random.nextInt(4) == 0 ? " if " + expression(1) : ""));
        body(out, depth);
        if (random.nextInt(3) == 0) {
            out.append("{{ loop.")
                    .append(pick(new String[] {
                        "index",
                        "index0",
                        "first",
                        "last",
                        "length",
                        "revindex",
                        "previtem",
                        "nextitem",
                        "depth",
                        "cycle(1, 2)",
                        "changed(x)"
                    }))
                    .append(" }}");
        }
        if (random.nextInt(4) == 0) {
            tag(out, "else");
            body(out, depth);
        }
        tag(out, "endfor");
    }

    /** Mostly of the kind that what is around it needs, now and then of any. */
    String expression(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> text(depth);
            case 1 -> number(depth);
            case 2 -> list(depth);
            default -> any(depth);
        };
    }

    private String text(int depth) {
        return switch (wild(depth, 3, 13)) {
            case -1 -> any(depth);
            case 0 -> "s";
            case 1, 2 -> pick(STRINGS);
            case 3 -> "(" + text(depth - 1) + " ~ " + expression(depth - 1) + ")";
            case 4 -> "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
            case 5, 6 -> text(depth - 1) + "|" + pick(TEXT_FILTERS);
            case 7, 8 -> "(" + text(depth - 1) + ")." + pick(TEXT_METHODS);
            case 9 -> "('" + pick(FORMATS) + "' % " + number(depth - 1) + ")";
            case 10 -> "'" + pick(SPECS) + "'.format(" + number(depth - 1) + ")";
            case 11 -> list(depth - 1) + "|join('" + pick(new String[] {"", "-", ", "}) + "')";
            default -> "s" + pick(SLICES);
        };
    }

    private String number(int depth) {
        return switch (wild(depth, 4, 11)) {
            case -1 -> any(depth);
            case 0 -> pick(new String[] {"a", "f"});
            case 1, 2, 3 -> pick(NUMBERS);
            case 4, 5 -> "(" + number(depth - 1) + " " + pick(ARITHMETIC) + " " + number(depth - 1) + ")";
            case 6, 7 -> "(" + number(depth - 1) + ")|" + pick(NUMBER_FILTERS);
            case 8 -> "(" + expression(depth - 1) + ")|length";
            case 9 -> text(depth - 1) + "|" + pick(new String[] {"int", "float", "wordcount", "length", "int(3, 16)"});
            default -> "-" + number(depth - 1);
        };
    }

    private String list(int depth) {
        return switch (wild(depth, 3, 10)) {
            case -1 -> any(depth);
            case 0 -> pick(new String[] {"xs", "words"});
            case 1 -> pick(new String[] {"users", "d", "d.items()", "range(5)"});
            case 2 -> pick(new String[] {"[]", "[1, 2.5]", "('a', 'b')", "'abc'"});
            case 3, 4 -> "[" + expression(depth - 1) + ", " + expression(depth - 1) + "]";
            case 5, 6, 7 -> list(depth - 1) + "|" + pick(LIST_FILTERS);
            case 8 -> "(" + pick(new String[] {"xs", "words", "users"}) + pick(SLICES) + ")";
            default -> text(depth - 1) + pick(new String[] {".split()", "|list", ".splitlines()", ".partition('a')"});
        };
    }

    /** -1 for anything, now and then. */
    private int wild(int depth, int simple, int all) {
        return random.nextInt(40) == 0 ? -1 : random.nextInt(depth <= 0 ? simple : all);
    }

    private String any(int depth) {
        int kind = depth <= 0 ? random.nextInt(5) : random.nextInt(24);
        return switch (kind) {
            case 0, 1 -> pick(NAMES);
            case 2 -> pick(NUMBERS);
            case 3 -> pick(STRINGS);
            case 4 -> pick(new String[] {"true", "false", "none", "[]", "{}", "()"});
            case 5 -> "[" + expression(depth - 1) + ", " + expression(depth - 1) + "]";
            case 6 -> "(" + expression(depth - 1) + ", " + expression(depth - 2) + ")";
            case 7 -> "{'k': " + expression(depth - 1) + ", " + pick(NUMBERS) + ": " + expression(depth - 2) + "}";
            case 8, 9, 10 -> "(" + expression(depth - 1) + " " + pick(BINARY) + " " + expression(depth - 1) + ")";
            case 11 -> "(" + expression(depth - 1) + ")|" + pick(PLAIN_FILTERS);
            case 12, 13 -> "(" + expression(depth - 1) + ")|" + pick(CALLED_FILTERS);
            case 14, 19 -> "(" + expression(depth - 1) + " is " + pick(new String[] {"", "not "}) + pick(TESTS) + ")";
            case 15 ->
                "(" + expression(depth - 1) + " if " + expression(depth - 1)
                        + (random.nextInt(4) == 0 ? ")" : " else " + expression(depth - 1) + ")");
            case 16 -> pick(NAMES) + "." + pick(ATTRIBUTES);
            case 17 -> list(depth - 1) + "[" + pick(new String[] {"0", "1", "-1", "'k'", "7"}) + "]";
            case 18, 20 -> "(" + expression(depth - 1) + ")." + pick(METHODS);
            case 21 -> "('" + pick(FORMATS) + "' % " + expression(depth - 1) + ")";
            case 22 -> "'" + pick(SPECS) + "'.format(" + expression(depth - 1) + ")";
            default -> pick(new String[] {"not ", "-", "+"}) + expression(depth - 1);
        };
    }
}
