package io.faradaybridge.template.jinja;

/** Finds, counts and replaces one text in another. */
final class Search {

    private static final int LONG_PART = 64;

    /** Odd, and not foreseeable. */
    private static final int BASE = new java.security.SecureRandom().nextInt() | 1;

    private Search() {}

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

    static int lastIndexOf(String text, String part, int from) {
        if (part.length() > LONG_PART && text.length() > part.length()) {
            return lastIndexOfLong(text, part, Math.min(from, text.length() - part.length()));
        }
        return text.lastIndexOf(part, from);
    }

    private static int lastIndexOfLong(String text, String part, int from) {
        int length = part.length();
        int sought = 0;
        int seen = 0;
        int power = 1;
        for (int i = length - 1; i >= 0 && from >= 0; i--) {
            sought = sought * BASE + part.charAt(i);
            seen = seen * BASE + text.charAt(from + i);
            power *= i == 0 ? 1 : BASE;
        }
        for (int start = from; start >= 0; start--) {
            if (seen == sought && text.startsWith(part, start)) {
                return start;
            }
            if (start > 0) {
                seen = (seen - text.charAt(start + length - 1) * power) * BASE + text.charAt(start - 1);
            }
        }
        return -1;
    }

    static long count(String text, String part, long most) {
        if (part.isEmpty()) {
            long places = Text.length(text) + 1L;
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
}
