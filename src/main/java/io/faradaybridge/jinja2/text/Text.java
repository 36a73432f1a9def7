package io.faradaybridge.jinja2.text;

import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's text functions: a character is a code point, a blank is what Unicode says. */
public final class Text {

    private static final int FEW = 32;

    private Text() {}

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** All characters take one place in the Java string, so that indexes are the same. */
    public static boolean isPlain(String text) {
        return length(text) == text.length();
    }

    public static int offset(String text, int index) {
        return text.offsetByCodePoints(0, index);
    }

    public static String substring(String text, int from, int to) {
        if (isPlain(text)) {
            return text.substring(from, to);
        }
        int start = offset(text, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    /** By code points, which differs from Java's order where surrogates are. */
    public static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char first = left.charAt(i);
            char second = right.charAt(i);
            if (first != second) {
                boolean high = Character.isSurrogate(first);
                return high == Character.isSurrogate(second) ? Character.compare(first, second) : high ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    public static boolean isSpace(int character) {
        return switch (character) {
            case ' ',
                    '\t',
                    '\n',
                    '\u000b',
                    '\f',
                    '\r',
                    0x1c,
                    0x1d,
                    0x1e,
                    0x1f,
                    0x85,
                    0xa0,
                    0x1680,
                    0x2028,
                    0x2029,
                    0x202f,
                    0x205f,
                    0x3000 -> true;
            default -> character >= 0x2000 && character <= 0x200a;
        };
    }

    static boolean isLineEnd(int character) {
        return switch (character) {
            case '\n', '\r', '\u000b', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    /** What a regular expression of Python calls a word: letters, digits and the underscore. */
    public static boolean isWord(int character) {
        if (character == '_' || Character.isLetterOrDigit(character)) {
            return true;
        }
        int type = Character.getType(character);
        return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** @param characters to take away, null for blanks */
    public static String strip(String text, @Nullable String characters, boolean left, boolean right) {
        IntPredicate stripped = characters == null ? Text::isSpace : oneOf(characters);
        int start = 0;
        int end = text.length();
        while (left && start < end) {
            int character = text.codePointAt(start);
            if (!stripped.test(character)) {
                break;
            }
            start += Character.charCount(character);
        }
        while (right && end > start) {
            int character = text.codePointBefore(end);
            if (!stripped.test(character)) {
                break;
            }
            end -= Character.charCount(character);
        }
        return text.substring(start, end);
    }

    /** Of very many characters each is found at once: looking through them takes the product of both lengths. */
    private static IntPredicate oneOf(String characters) {
        if (characters.length() <= FEW) {
            return character -> characters.indexOf(character) >= 0;
        }
        BitSet known = new BitSet();
        characters.codePoints().forEach(known::set);
        return known::get;
    }

    /** A size: more than anybody may have stays so. */
    public static long product(long left, long right) {
        return Math.multiplyHigh(left, right) != 0 ? Integer.MAX_VALUE : Math.min(left * right, Integer.MAX_VALUE);
    }

    public static String repeat(String text, long times, Budget budget) {
        if (times <= 0 || text.isEmpty()) {
            return "";
        }
        budget.text(product(text.length(), times));
        return text.repeat((int) times);
    }

    public static String pad(String text, long left, long right, String filler, Budget budget) {
        long before = Math.max(0, left);
        long after = Math.max(0, right);
        if (before == 0 && after == 0) {
            return text;
        }
        budget.text(text.length() + product(filler.length(), before) + product(filler.length(), after));
        return filler.repeat((int) before) + text + filler.repeat((int) after);
    }

    public static String center(String text, long width, String filler, Budget budget) {
        long missing = width - length(text);
        if (missing <= 0) {
            return text;
        }
        long left = missing / 2 + (missing & width & 1);
        return pad(text, left, missing - left, filler, budget);
    }

    public static String expandTabs(String text, long size, Budget budget) {
        long tabs = Search.count(text, "\t", -1);
        if (tabs == 0) {
            return text;
        }
        budget.text(text.length() + product(tabs, Math.max(0, size)));
        StringBuilder result = new StringBuilder(text.length());
        long column = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\t') {
                if (size > 0) {
                    long blanks = size - column % size;
                    result.append(" ".repeat((int) blanks));
                    column += blanks;
                }
                continue;
            }
            result.append(character);
            if (character == '\n' || character == '\r') {
                column = 0;
            } else if (!Character.isLowSurrogate(character)) {
                column++;
            }
        }
        return result.toString();
    }

    public static String zeroFill(String text, long width, Budget budget) {
        long missing = width - length(text);
        if (missing <= 0) {
            return text;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String sign = signed ? text.substring(0, 1) : "";
        return sign + pad(signed ? text.substring(1) : text, missing, 0, "0", budget);
    }

    public static String reverse(String text, Budget budget) {
        budget.text(text.length());
        return new StringBuilder(text).reverse().toString();
    }
}
