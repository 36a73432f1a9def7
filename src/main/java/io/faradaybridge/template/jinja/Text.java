package io.faradaybridge.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's text functions: a character is a code point, a blank is what Unicode says. */
final class Text {

    private static final int LONG_PART = 64;

    /** Odd, and not foreseeable. */
    private static final int BASE = new java.security.SecureRandom().nextInt() | 1;

    private Text() {}

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** All characters take one place in the Java string, so that indexes are the same. */
    static boolean isPlain(String text) {
        return length(text) == text.length();
    }

    static int offset(String text, int index) {
        return text.offsetByCodePoints(0, index);
    }

    static String substring(String text, int from, int to) {
        if (isPlain(text)) {
            return text.substring(from, to);
        }
        int start = offset(text, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    static String slice(String text, SliceValue slice, Budget budget) {
        SliceValue.Range range = slice.over(length(text));
        budget.text(range.count());
        if (range.count() == 0) {
            return "";
        }
        if (range.stride() == 1) {
            return substring(text, range.first(), range.first() + range.count());
        }
        StringBuilder result = new StringBuilder(range.count());
        if (isPlain(text)) {
            for (int i = 0; i < range.count(); i++) {
                result.append(text.charAt((int) (range.first() + (long) i * range.stride())));
            }
            return result.toString();
        }
        budget.allocate(4L * text.length());
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < range.count(); i++) {
            result.appendCodePoint(characters[(int) (range.first() + (long) i * range.stride())]);
        }
        return result.toString();
    }

    /** By code points, which differs from Java's order where surrogates are. */
    static int compare(String left, String right) {
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

    /** Never in the middle of a surrogate pair. */
    static int indexOf(String text, String part, int from) {
        if (part.length() > LONG_PART && text.length() > part.length()) {
            return indexOfLong(text, part, from);
        }
        int found = text.indexOf(part, from);
        while (found > 0
                && !part.isEmpty()
                && Character.isLowSurrogate(text.charAt(found))
                && Character.isHighSurrogate(text.charAt(found - 1))) {
            found = text.indexOf(part, found + 1);
        }
        return found;
    }

    /** Java compares at every place, which takes the product of both lengths for the right two texts. */
    private static int indexOfLong(String text, String part, int from) {
        int length = part.length();
        int sought = 0;
        int seen = 0;
        int power = 1;
        if (from + length > text.length()) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            sought = sought * BASE + part.charAt(i);
            seen = seen * BASE + text.charAt(from + i);
            power *= i == 0 ? 1 : BASE;
        }
        for (int start = from; ; start++) {
            if (seen == sought && text.startsWith(part, start)) {
                return start;
            }
            if (start + length >= text.length()) {
                return -1;
            }
            seen = (seen - text.charAt(start) * power) * BASE + text.charAt(start + length);
        }
    }

    static boolean isSpace(int character) {
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
    static boolean isWord(int character) {
        if (character == '_' || Character.isLetterOrDigit(character)) {
            return true;
        }
        int type = Character.getType(character);
        return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** @param characters to take away, null for blanks */
    static String strip(String text, @Nullable String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end) {
            int character = text.codePointAt(start);
            if (!stripped(character, characters)) {
                break;
            }
            start += Character.charCount(character);
        }
        while (right && end > start) {
            int character = text.codePointBefore(end);
            if (!stripped(character, characters)) {
                break;
            }
            end -= Character.charCount(character);
        }
        return text.substring(start, end);
    }

    private static boolean stripped(int character, @Nullable String characters) {
        return characters == null ? isSpace(character) : characters.indexOf(character) >= 0;
    }

    /** By blanks. */
    static List<String> split(String text, long most) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return parts;
            }
            if (most >= 0 && parts.size() >= most) {
                parts.add(strip(text.substring(at), null, false, true));
                return parts;
            }
            int start = at;
            while (at < text.length() && !isSpace(text.charAt(at))) {
                at++;
            }
            parts.add(text.substring(start, at));
        }
    }

    static List<String> splitBy(String text, String separator, long most) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (most < 0 || parts.size() < most) {
            int found = indexOf(text, separator, at);
            if (found < 0) {
                break;
            }
            parts.add(text.substring(at, found));
            at = found + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    static List<String> splitFromRight(String text, long most) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        while (true) {
            while (end > 0 && isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (end == 0) {
                break;
            }
            if (most >= 0 && parts.size() >= most) {
                parts.add(strip(text.substring(0, end), null, true, false));
                break;
            }
            int last = end;
            while (end > 0 && !isSpace(text.charAt(end - 1))) {
                end--;
            }
            parts.add(text.substring(end, last));
        }
        java.util.Collections.reverse(parts);
        return parts;
    }

    static List<String> splitFromRightBy(String text, String separator, long most) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        while (most < 0 || parts.size() < most) {
            int found = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
            if (found < 0) {
                break;
            }
            parts.add(text.substring(found + separator.length(), end));
            end = found;
        }
        parts.add(text.substring(0, end));
        java.util.Collections.reverse(parts);
        return parts;
    }

    static List<String> lines(String text, boolean keepEnds) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isLineEnd(text.charAt(i))) {
                int end = i;
                if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                lines.add(text.substring(start, keepEnds ? i + 1 : end));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static long count(String text, String part, long most) {
        if (part.isEmpty()) {
            long places = length(text) + 1L;
            return most < 0 ? places : Math.min(places, most);
        }
        long count = 0;
        for (int at = indexOf(text, part, 0);
                at >= 0 && (most < 0 || count < most);
                at = indexOf(text, part, at + part.length())) {
            count++;
        }
        return count;
    }

    static String replace(String text, String old, String replacement, long most, Budget budget) {
        long count = count(text, old, most);
        if (count == 0) {
            return text;
        }
        budget.text(text.length() + count * ((long) replacement.length() - old.length()));
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        for (long i = 0; i < count; i++) {
            int found;
            if (old.isEmpty()) {
                found = i == 0 ? 0 : text.offsetByCodePoints(at, 1);
            } else {
                found = indexOf(text, old, at);
            }
            result.append(text, at, found).append(replacement);
            at = found + old.length();
        }
        return result.append(text, at, text.length()).toString();
    }

    static String repeat(String text, long times, Budget budget) {
        if (times <= 0 || text.isEmpty()) {
            return "";
        }
        budget.text(Numbers.product(text.length(), times));
        return text.repeat((int) times);
    }

    static String pad(String text, long left, long right, String filler, Budget budget) {
        long before = Math.max(0, left);
        long after = Math.max(0, right);
        if (before == 0 && after == 0) {
            return text;
        }
        budget.text(text.length() + Numbers.product(filler.length(), before) + Numbers.product(filler.length(), after));
        return filler.repeat((int) before) + text + filler.repeat((int) after);
    }

    static String center(String text, long width, String filler, Budget budget) {
        long missing = width - length(text);
        if (missing <= 0) {
            return text;
        }
        long left = missing / 2 + (missing & width & 1);
        return pad(text, left, missing - left, filler, budget);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String titleCase(int character) {
        int title = Character.toTitleCase(character);
        String upper = upper(Character.toString(character));
        if (title == character && upper.codePointCount(0, upper.length()) > 1) {
            int first = isCased(upper.codePointAt(0)) ? upper.offsetByCodePoints(0, 1) : upper.length();
            return upper.substring(0, first) + lower(upper.substring(first));
        }
        return Character.toString(title);
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return titleCase(first) + lower(text.substring(Character.charCount(first)));
    }

    static boolean isCased(int character) {
        return Character.isLowerCase(character) || Character.isUpperCase(character) || Character.isTitleCase(character);
    }

    static String title(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inside = false;
        String lower = lower(text);
        boolean sameLength = lower.length() == text.length();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int width = Character.charCount(character);
            if (inside) {
                result.append(sameLength ? lower.substring(i, i + width) : lower(Character.toString(character)));
            } else {
                result.append(titleCase(character));
            }
            inside = isCased(character);
            i += width;
        }
        return result.toString();
    }

    static String swapCase(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            String one = Character.toString(character);
            if (Character.isUpperCase(character)) {
                result.append(lower(one));
            } else if (Character.isLowerCase(character)) {
                result.append(upper(one));
            } else {
                result.append(one);
            }
        });
        return result.toString();
    }

    static String expandTabs(String text, long size, Budget budget) {
        long tabs = count(text, "\t", -1);
        if (tabs == 0) {
            return text;
        }
        budget.text(text.length() + Numbers.product(tabs, Math.max(0, size)));
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

    static String zeroFill(String text, long width, Budget budget) {
        long missing = width - length(text);
        if (missing <= 0) {
            return text;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String sign = signed ? text.substring(0, 1) : "";
        return sign + pad(signed ? text.substring(1) : text, missing, 0, "0", budget);
    }

    static String reverse(String text, Budget budget) {
        budget.text(text.length());
        return new StringBuilder(text).reverse().toString();
    }
}
