package io.faradaybridge.jinja2.text;

import java.security.SecureRandom;

/** Finds, counts and replaces one text in another. */
public final class Search {

    private static final int LONG_PART = 64;

    /** Odd, and not foreseeable. */
    private static final int BASE = new SecureRandom().nextInt() | 1;

    private Search() {}

    /** Never in the middle of a surrogate pair. */
    public static int indexOf(String text, String part, int from) {
        if (part.length() > LONG_PART && text.length() > part.length()) {
            return findLong(text, part, from, 1);
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

    public static int lastIndexOf(String text, String part, int from) {
        if (part.length() > LONG_PART && text.length() > part.length()) {
            return findLong(text, part, Math.min(from, text.length() - part.length()), -1);
        }
        return text.lastIndexOf(part, from);
    }

    /**
     * By the sum of a window that moves on: Java compares at every place, which takes the product of both lengths for the
     * right two texts.
     *
     * @param from where the window stands at first
     * @param step 1: towards the end; -1: towards the beginning
     */
    private static int findLong(String text, String part, int from, int step) {
        int length = part.length();
        int entering = step > 0 ? length : -1;
        int leaving = step > 0 ? 0 : length - 1;
        if (from < 0 || from + length > text.length()) {
            return -1;
        }
        int sought = 0;
        int seen = 0;
        int power = 1;
        for (int i = leaving; i != entering; i += step) {
            sought = sought * BASE + part.charAt(i);
            seen = seen * BASE + text.charAt(from + i);
            power *= i == leaving ? 1 : BASE;
        }
        for (int start = from; ; start += step) {
            if (seen == sought && text.startsWith(part, start)) {
                return start;
            }
            if (start + entering < 0 || start + entering >= text.length()) {
                return -1;
            }
            seen = (seen - text.charAt(start + leaving) * power) * BASE + text.charAt(start + entering);
        }
    }

    public static long count(String text, String part, long most) {
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

    public static String replace(String text, String old, String replacement, long most, Budget budget) {
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
