package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Types;

/** Python's {@code text.format(...)}. */
final class StrFormat {

    private final boolean markup;
    private final Arguments arguments;
    private final Budget budget;
    private long automatic;
    private boolean manual;

    private StrFormat(boolean markup, Arguments arguments, Budget budget) {
        this.markup = markup;
        this.arguments = arguments;
        this.budget = budget;
    }

    public static Object format(Object format, Arguments arguments, Budget budget) {
        boolean markup = format instanceof Markup;
        String result = new StrFormat(markup, arguments, budget).run(format.toString(), 2);
        return markup ? new Markup(result) : result;
    }

    private String run(String format, int depth) {
        if (depth <= 0) {
            throw Failure.value("Max string recursion exceeded");
        }
        TextBuilder out = new TextBuilder(budget);
        int at = 0;
        while (at < format.length()) {
            char character = format.charAt(at++);
            boolean doubled = at < format.length() && format.charAt(at) == character;
            if (character == '}') {
                if (!doubled) {
                    throw Failure.value("Single '}' encountered in format string");
                }
                at++;
            } else if (character == '{' && doubled) {
                at++;
            } else if (character == '{') {
                int end = end(format, at);
                budget.step();
                out.append(field(format.substring(at, end), depth));
                at = end + 1;
                continue;
            }
            out.append(character);
        }
        return out.toString();
    }

    /** The closing brace of a field, whose specification may have fields itself. */
    private static int end(String format, int from) {
        int depth = 1;
        boolean bracket = false;
        boolean specification = false;
        for (int i = from; i < format.length(); i++) {
            char character = format.charAt(i);
            specification |= character == ':';
            if (bracket) {
                bracket = character != ']';
            } else if (character == '[' && depth == 1 && !specification) {
                bracket = true;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return i;
            }
        }
        throw Failure.value(
                from == format.length()
                        ? "Single '{' encountered in format string"
                        : "expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int nameEnd = 0;
        boolean bracket = false;
        while (nameEnd < field.length()) {
            char character = field.charAt(nameEnd);
            if (bracket) {
                bracket = character != ']';
            } else if (character == '[') {
                bracket = true;
            } else if (character == ':' || character == '!') {
                break;
            } else if (character == '{') {
                throw Failure.value("unexpected '{' in field name");
            }
            nameEnd++;
        }
        String spec = "";
        char conversion = 0;
        if (nameEnd < field.length()) {
            int at = nameEnd;
            if (field.charAt(at) == '!') {
                if (at + 1 == field.length()) {
                    throw Failure.value("end of string while looking for conversion specifier");
                }
                conversion = field.charAt(at + 1);
                at += 2;
                if (at < field.length() && field.charAt(at) != ':') {
                    throw Failure.value("expected ':' after conversion specifier");
                }
            }
            spec = at < field.length() ? field.substring(at + 1) : "";
        }
        Object value = resolve(field.substring(0, nameEnd));
        value = switch (conversion) {
            case 0 -> value;
            case 's' -> Repr.str(value, budget);
            case 'r' -> Repr.of(value, budget);
            case 'a' -> Repr.ascii(value, budget);
            default -> throw Failure.value("Unknown conversion specifier '" + conversion + "'");
        };
        String expanded = spec.indexOf('{') >= 0 || spec.indexOf('}') >= 0 ? run(spec, depth - 1) : spec;
        if (!markup) {
            return FormatSpec.apply(value, expanded, budget);
        }
        if (value instanceof Markup safe) {
            if (!expanded.isEmpty()) {
                throw Failure.value("Unsupported format specification for Markup.");
            }
            return safe.text();
        }
        return Operators.escaped(FormatSpec.apply(value, expanded, budget), budget);
    }

    private Object resolve(String name) {
        int end = 0;
        while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
            end++;
        }
        Object value = first(name.substring(0, end));
        while (end < name.length()) {
            if (name.charAt(end) == '.') {
                int start = ++end;
                while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
                    end++;
                }
                value = attribute(value, name.substring(start, end));
            } else if (name.charAt(end) == '[') {
                int close = name.indexOf(']', end);
                if (close < 0) {
                    throw Failure.value("Missing ']' in format string");
                }
                String key = name.substring(end + 1, close);
                if (key.isEmpty()) {
                    throw Failure.value("Empty attribute in format string");
                }
                value = Attributes.subscript(value, isNumber(key) ? (Object) number(key) : key, budget);
                end = close + 1;
            } else {
                throw Failure.value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    private static Object attribute(Object value, String name) {
        if (name.isEmpty()) {
            throw Failure.value("Empty attribute in format string");
        }
        Object found = Attributes.own(value, name);
        if (found == null) {
            throw Failure.of(Kind.ATTRIBUTE, "'" + Types.name(value) + "' object has no attribute '" + name + "'");
        }
        return found;
    }

    private Object first(String name) {
        boolean number = isNumber(name);
        if (name.isEmpty() || number) {
            if (name.isEmpty() ? manual : automatic > 0) {
                throw Failure.value(
                        name.isEmpty()
                                ? "cannot switch from manual field specification to automatic field numbering"
                                : "cannot switch from automatic field numbering to manual field specification");
            }
            manual |= number;
            long index = number ? number(name) : automatic++;
            if (index >= arguments.count()) {
                throw Failure.of(Kind.INDEX, "Replacement index " + index + " out of range for positional args tuple");
            }
            return arguments.positional().get((int) index);
        }
        Object value = arguments.named().get(name);
        if (value == null) {
            throw Failure.of(Kind.KEY, Repr.brief(name));
        }
        return value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static long number(String digits) {
        if (digits.length() > 9) {
            throw Failure.value("Too many decimal digits in format string");
        }
        return Long.parseLong(digits);
    }
}
