package io.faradaybridge.jinja2.text;

/**
 * The backslashes of a string literal, read as Jinja2 reads them: by Python's codec for unicode escapes; and written as
 * Python writes what is not ASCII or cannot be shown.
 */
public final class Escapes {

    /** How many characters one may become. */
    public static final int LONGEST = 6;

    private Escapes() {}

    /** @throws IllegalArgumentException with Python's message if an escape is cut short */
    public static String decode(String written) {
        // The codec never sees what is not ASCII: hence the odd result of a backslash before it.
        String ascii = ascii(written);
        StringBuilder out = new StringBuilder(ascii.length());
        int at = 0;
        while (at < ascii.length()) {
            char character = ascii.charAt(at++);
            if (character != '\\') {
                out.append(character);
                continue;
            }
            if (at == ascii.length()) {
                throw new IllegalArgumentException("\\ at end of string");
            }
            char kind = ascii.charAt(at++);
            switch (kind) {
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(kind);
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'v' -> out.append('\u000b');
                case 'x' -> at = hexadecimal(ascii, at, 2, "truncated \\xXX escape", out);
                case 'u' -> at = hexadecimal(ascii, at, 4, "truncated \\uXXXX escape", out);
                case 'U' -> at = hexadecimal(ascii, at, 8, "truncated \\UXXXXXXXX escape", out);
                case 'N' -> at = named(ascii, at, out);
                default -> {
                    if (kind >= '0' && kind <= '7') {
                        at = octal(ascii, at - 1, out);
                    } else {
                        out.append('\\').append(kind);
                    }
                }
            }
        }
        return out.toString();
    }

    /** A character as Python writes one that cannot be shown. */
    public static void append(StringBuilder out, int character) {
        if (character < 0x100) {
            hex(out.append("\\x"), character, 2);
        } else if (character < 0x10000) {
            hex(out.append("\\u"), character, 4);
        } else {
            hex(out.append("\\U"), character, 8);
        }
    }

    public static void hex(StringBuilder out, int code, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit(code >> shift & 0xf, 16));
        }
    }

    /** The text with every character beyond ASCII escaped. */
    public static String ascii(String written) {
        if (written.chars().allMatch(character -> character < 0x80)) {
            return written;
        }
        StringBuilder ascii = new StringBuilder(written.length() + 16);
        written.codePoints().forEach(character -> {
            if (character < 0x80) {
                ascii.append((char) character);
            } else {
                append(ascii, character);
            }
        });
        return ascii.toString();
    }

    private static int hexadecimal(String ascii, int at, int digits, String message, StringBuilder out) {
        int end = at + digits;
        long code = 0;
        for (int i = at; i < end; i++) {
            int digit = i < ascii.length() ? Character.digit(ascii.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(message);
            }
            code = code * 16 + digit;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw new IllegalArgumentException("illegal Unicode character");
        }
        out.appendCodePoint((int) code);
        return end;
    }

    private static int octal(String ascii, int start, StringBuilder out) {
        int code = 0;
        int at = start;
        while (at < ascii.length() && at < start + 3 && ascii.charAt(at) >= '0' && ascii.charAt(at) <= '7') {
            code = code * 8 + (ascii.charAt(at++) - '0');
        }
        out.append((char) code);
        return at;
    }

    private static int named(String ascii, int at, StringBuilder out) {
        int end = ascii.indexOf('}', at);
        if (!ascii.startsWith("{", at) || end < at + 2) {
            throw new IllegalArgumentException("malformed \\N character escape");
        }
        try {
            out.appendCodePoint(Character.codePointOf(ascii.substring(at + 1, end)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown Unicode character name", e);
        }
        return end + 1;
    }
}
