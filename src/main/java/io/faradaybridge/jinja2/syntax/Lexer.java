package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.text.Characters;
import io.faradaybridge.jinja2.text.Escapes;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Repr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts a template into tokens. Comments and raw sections are gone afterwards, as are blanks beside a minus. */
final class Lexer {

    private static final String[] OPERATORS = {"//", "**", "==", "!=", ">=", "<="};

    private final Source source;
    private final String text;
    private final int most;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** @param most tokens that there may be */
    Lexer(Source source, int most) {
        this.source = source;
        this.most = most;
        this.text = source.text;
    }

    List<Token> tokens() {
        while (at < text.length()) {
            int begin = begin();
            if (begin < 0) {
                data(at, text.length());
                break;
            }
            int sign = begin + 2;
            boolean strips = sign < text.length() && text.charAt(sign) == '-';
            boolean keeps = sign < text.length() && text.charAt(sign) == '+';
            data(at, strips ? stripped(at, begin) : begin);
            int inside = strips || keeps ? sign + 1 : sign;
            char kind = text.charAt(begin + 1);
            if (kind == '#') {
                comment(begin, inside);
            } else if (kind == '%') {
                int raw = rawBody(inside);
                if (raw >= 0) {
                    raw(begin, raw);
                } else {
                    add(new Token(Token.Type.BLOCK_BEGIN, "{%", begin));
                    at = inside;
                    code('%', Token.Type.BLOCK_END);
                }
            } else {
                add(new Token(Token.Type.VARIABLE_BEGIN, "{{", begin));
                at = inside;
                code('}', Token.Type.VARIABLE_END);
            }
        }
        add(new Token(Token.Type.END, "", text.length()));
        return tokens;
    }

    private void add(Token token) {
        if (tokens.size() >= most) {
            throw source.error(
                    token.position(),
                    "the template has more than " + most
                            + " parts (names, values, operators, tags and the text between them); write less of them");
        }
        tokens.add(token);
    }

    private int begin() {
        for (int brace = text.indexOf('{', at);
                brace >= 0 && brace + 1 < text.length();
                brace = text.indexOf('{', brace + 1)) {
            char next = text.charAt(brace + 1);
            if (next == '{' || next == '%' || next == '#') {
                return brace;
            }
        }
        return -1;
    }

    private void data(int from, int to) {
        if (to > from) {
            add(new Token(Token.Type.DATA, text.substring(from, to), from));
        }
    }

    private int stripped(int from, int to) {
        int end = to;
        while (end > from && Text.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int afterBlanks(int from) {
        int end = from;
        while (end < text.length() && Text.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void comment(int begin, int inside) {
        int end = text.indexOf("#}", inside);
        if (end < 0) {
            throw source.error(begin, "Missing end of comment tag");
        }
        at = end > inside && text.charAt(end - 1) == '-' ? afterBlanks(end + 2) : end + 2;
    }

    /** Where the text of a raw section begins, if this is one. */
    private int rawBody(int inside) {
        int name = afterBlanks(inside);
        if (!text.startsWith("raw", name)) {
            return -1;
        }
        int end = afterBlanks(name + 3);
        if (text.startsWith("-%}", end)) {
            return afterBlanks(end + 3);
        }
        return text.startsWith("%}", end) ? end + 2 : -1;
    }

    private void raw(int begin, int body) {
        for (int end = text.indexOf("{%", body); end >= 0; end = text.indexOf("{%", end + 1)) {
            boolean strips = text.startsWith("-", end + 2);
            int name = afterBlanks(end + (strips || text.startsWith("+", end + 2) ? 3 : 2));
            if (!text.startsWith("endraw", name)) {
                continue;
            }
            int close = afterBlanks(name + 6);
            boolean stripsAfter = text.startsWith("-%}", close);
            boolean signed = stripsAfter || text.startsWith("+%}", close);
            if (!signed && !text.startsWith("%}", close)) {
                continue;
            }
            data(body, strips ? stripped(body, end) : end);
            at = stripsAfter ? afterBlanks(close + 3) : close + (signed ? 3 : 2);
            return;
        }
        throw source.error(begin, "Missing end of raw directive");
    }

    /** @param mark before the brace that ends this part */
    private void code(char mark, Token.Type endType) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            at = afterBlanks(at);
            if (at >= text.length()) {
                return;
            }
            if (open.isEmpty() && end(mark, endType)) {
                return;
            }
            char character = text.charAt(at);
            if (character >= '0' && character <= '9') {
                number();
            } else if (Text.isWord(text.codePointAt(at))) {
                name();
            } else if (character == '\'' || character == '"') {
                string(character);
            } else {
                operator(open);
            }
        }
    }

    private boolean end(char mark, Token.Type endType) {
        char sign = text.charAt(at);
        boolean strips = sign == '-';
        boolean signed = strips || (sign == '+' && endType == Token.Type.BLOCK_END);
        int place = signed ? at + 1 : at;
        if (place + 1 >= text.length() || text.charAt(place) != mark || text.charAt(place + 1) != '}') {
            return false;
        }
        add(new Token(endType, text.substring(place, place + 2), at));
        at = strips ? afterBlanks(place + 2) : place + 2;
        return true;
    }

    private void name() {
        int start = at;
        while (at < text.length() && isNamePart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        String name = text.substring(start, at);
        if (!Characters.isIdentifier(name)) {
            throw source.error(start, "Invalid character in identifier");
        }
        add(new Token(Token.Type.NAME, name, start));
    }

    private static boolean isNamePart(int character) {
        return Text.isWord(character)
                || (character > 0x7f
                        && Character.isUnicodeIdentifierPart(character)
                        && !Character.isIdentifierIgnorable(character));
    }

    private void number() {
        NumberLiteral number = NumberLiteral.at(text, at);
        String digits = text.substring(at, number.end()).replace("_", "");
        add(new Token(number.real() ? Token.Type.FLOAT : Token.Type.INTEGER, digits, at));
        at = number.end();
    }

    private void string(char quote) {
        int start = at;
        int end = start + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw source.error(start, "unexpected char " + Repr.brief(String.valueOf(quote)) + " at " + start);
        }
        at = end + 1;
        String written = text.substring(start + 1, end);
        String meant;
        try {
            meant = written.indexOf('\\') < 0 ? written : Escapes.decode(written);
        } catch (IllegalArgumentException e) {
            throw source.error(start, String.valueOf(e.getMessage()));
        }
        add(new Token(Token.Type.STRING, meant, start));
    }

    private void operator(Deque<Character> open) {
        String operator = null;
        for (String candidate : OPERATORS) {
            if (text.startsWith(candidate, at)) {
                operator = candidate;
            }
        }
        if (operator == null) {
            operator = single();
        }
        switch (operator) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw source.error(at, "unexpected '" + operator + "'");
                }
                char expected = open.pop();
                if (expected != operator.charAt(0)) {
                    throw source.error(at, "unexpected '" + operator + "', expected '" + expected + "'");
                }
            }
            default -> {}
        }
        add(new Token(Token.Type.OPERATOR, operator, at));
        at += operator.length();
    }

    private static final String SINGLES = "+-/*%~[](){}><=.:|,;";

    private String single() {
        int index = SINGLES.indexOf(text.charAt(at));
        if (index < 0) {
            int character = text.codePointAt(at);
            throw source.error(at, "unexpected char " + Repr.brief(Character.toString(character)) + " at " + at);
        }
        return SINGLES.substring(index, index + 1);
    }
}
