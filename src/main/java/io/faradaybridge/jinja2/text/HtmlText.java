package io.faradaybridge.jinja2.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** HTML made text: without tags, with its entities read. */
public final class HtmlText {

    private static final int LONGEST_NAME = 32;

    /** What browsers read a reference to a control character of Windows' code page as. */
    private static final String WINDOWS =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
                    + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private HtmlText() {}

    /** The names of HTML 5, with their semicolon where they need it, and the characters they stand for. */
    private static final class Entities {
        static final Map<String, String> BY_NAME = read();

        private static Map<String, String> read() {
            Map<String, String> entities = new HashMap<>();
            try (InputStream file = HtmlText.class.getResourceAsStream("entities.txt")) {
                String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII);
                for (String line : text.split("\n")) {
                    String[] parts = line.split(" ");
                    StringBuilder characters = new StringBuilder();
                    for (int i = 1; i < parts.length; i++) {
                        characters.appendCodePoint(Integer.parseInt(parts[i], 16));
                    }
                    entities.put(parts[0], characters.toString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return entities;
        }
    }

    /** With entities for what has a meaning in HTML. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            String entity = entity(character);
            if (entity == null) {
                escaped.append(character);
            } else {
                escaped.append(entity);
            }
        }
        return escaped.toString();
    }

    private static @Nullable String entity(char character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '>' -> "&gt;";
            case '<' -> "&lt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> null;
        };
    }

    /** As Jinja2's filter striptags: comments, then tags, then blanks become single ones, then entities. */
    public static String stripTags(String html, Budget budget) {
        budget.text(3L * html.length());
        String plain = withoutTags(withoutComments(html));
        return unescape(String.join(" ", Splitting.split(plain, -1, budget)), budget);
    }

    /** What is left when a comment goes may itself form the beginning of one. */
    private static String withoutComments(String html) {
        StringBuilder out = new StringBuilder(html.length());
        int at = 0;
        while (at < html.length()) {
            out.append(html.charAt(at++));
            int start = out.length() - 4;
            if (start < 0
                    || out.charAt(out.length() - 1) != '-'
                    || !out.substring(start).equals("<!--")) {
                continue;
            }
            // The dashes that open a comment may close it too.
            int end = html.startsWith(">", at)
                    ? at + 1
                    : html.startsWith("->", at) ? at + 2 : html.indexOf("-->", at) + 3;
            if (end == 2) {
                return out.append(html, at, html.length()).toString();
            }
            out.setLength(start);
            at = end;
        }
        return out.toString();
    }

    private static String withoutTags(String html) {
        StringBuilder out = new StringBuilder(html.length());
        int at = 0;
        while (true) {
            int start = html.indexOf('<', at);
            int end = start < 0 ? -1 : html.indexOf('>', start);
            if (end < 0) {
                return out.append(html, at, html.length()).toString();
            }
            out.append(html, at, start);
            at = end + 1;
        }
    }

    public static String unescape(String text, Budget budget) {
        budget.text(2L * text.length());
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            int end = character == '&' ? referenceEnd(text, at + 1) : -1;
            if (end < 0) {
                out.append(character);
                at++;
            } else {
                budget.step();
                out.append(replacement(text.substring(at + 1, end)));
                at = end;
            }
        }
        return out.toString();
    }

    /** Behind the reference that begins here, -1 if there is none. */
    private static int referenceEnd(String text, int from) {
        int end = from;
        if (text.startsWith("#", from)) {
            boolean hexadecimal = text.startsWith("x", from + 1) || text.startsWith("X", from + 1);
            int digits = from + (hexadecimal ? 2 : 1);
            end = digits;
            while (end < text.length()
                    && text.charAt(end) < 0x80
                    && Character.digit(text.charAt(end), hexadecimal ? 16 : 10) >= 0) {
                end++;
            }
            if (end == digits) {
                return -1;
            }
        } else {
            int length = 0;
            while (end < text.length() && length < LONGEST_NAME && "\t\n\f <&#;".indexOf(text.charAt(end)) < 0) {
                end += Character.charCount(text.codePointAt(end));
                length++;
            }
            if (end == from) {
                return -1;
            }
        }
        return text.startsWith(";", end) ? end + 1 : end;
    }

    private static String replacement(String reference) {
        if (reference.startsWith("#")) {
            return numbered(
                    reference.endsWith(";") ? reference.substring(1, reference.length() - 1) : reference.substring(1));
        }
        String known = Entities.BY_NAME.get(reference);
        if (known != null) {
            return known;
        }
        for (int length = reference.length() - 1; length > 1; length--) {
            @Nullable String start = Entities.BY_NAME.get(reference.substring(0, length));
            if (start != null) {
                return start + reference.substring(length);
            }
        }
        return "&" + reference;
    }

    private static String numbered(String digits) {
        boolean hexadecimal = digits.startsWith("x") || digits.startsWith("X");
        String number = hexadecimal ? digits.substring(1) : digits;
        int code = 0;
        for (int i = 0; i < number.length() && code <= Character.MAX_CODE_POINT; i++) {
            code = code * (hexadecimal ? 16 : 10) + Character.digit(number.charAt(i), 16);
        }
        if (code >= 0x80 && code <= 0x9f) {
            return WINDOWS.substring(code - 0x80, code - 0x7f);
        }
        if (code == 0 || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
            return "\ufffd";
        }
        boolean control = (code < 0x20 && code != '\t' && code != '\n' && code != '\f' && code != '\r') || code == 0x7f;
        boolean noCharacter = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
        return control || noCharacter ? "" : Character.toString(code);
    }
}
