package io.faradaybridge.jinja2.text;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Upper, lower and title case as in Python. Letters that become several are replaced here: Java copies all that it has
 * for each of them, which takes the square of a text's length.
 */
public final class LetterCase {

    /** What becomes several letters in upper case, such as the German sharp s. */
    private static final Map<Integer, String> LONGER_UPPER = IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(character -> Character.isLetter(character)
                    && Character.toString(character).toUpperCase(Locale.ROOT).length() > 1)
            .boxed()
            .collect(Collectors.toMap(Function.identity(), character -> Character.toString(character)
                    .toUpperCase(Locale.ROOT)));

    /** Below a Greek vowel in title case, where upper case has a letter of its own. */
    private static final char IOTA_BELOW = '\u0345';

    private static final String IOTA = "\u0399";

    /** The capital I with a dot, the only one that becomes two in lower case. */
    private static final String DOTTED = "\u0130";

    private static final String DOTTED_LOWER = "i\u0307";

    private LetterCase() {}

    public static String upper(String text) {
        if (text.chars().noneMatch(character -> character >= 0x80 && LONGER_UPPER.containsKey(character))) {
            return text.toUpperCase(Locale.ROOT);
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(character -> appendUpper(character, result));
        return result.toString();
    }

    private static void appendUpper(int character, StringBuilder result) {
        String longer = LONGER_UPPER.get(character);
        if (longer == null) {
            result.appendCodePoint(Character.toUpperCase(character));
        } else {
            result.append(longer);
        }
    }

    /** Whether a Greek sigma is the last letter of its word depends on what stands around it. */
    public static String lower(String text) {
        return text.replace(DOTTED, DOTTED_LOWER).toLowerCase(Locale.ROOT);
    }

    public static String fold(String text) {
        return lower(upper(text)).replace('\u03c2', '\u03c3');
    }

    /** How long a character is in the text that {@link #lower} gives. */
    private static int lowerLength(int character) {
        return character == DOTTED.charAt(0)
                ? DOTTED_LOWER.length()
                : Character.charCount(Character.toLowerCase(character));
    }

    private static void appendTitle(int character, StringBuilder result) {
        int title = Character.toTitleCase(character);
        String longer = LONGER_UPPER.get(character);
        if (title != character || longer == null || Character.isTitleCase(character)) {
            result.appendCodePoint(title);
        } else if (Character.toUpperCase(character) != character) {
            result.appendCodePoint(Character.toUpperCase(character));
        } else if (longer.endsWith(IOTA)) {
            result.append(longer, 0, longer.length() - 1).append(IOTA_BELOW);
        } else {
            int first = isCased(longer.charAt(0)) ? 1 : longer.length();
            result.append(longer, 0, first).append(lower(longer.substring(first)));
        }
    }

    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        StringBuilder result = new StringBuilder(text.length());
        appendTitle(first, result);
        return result.append(lower(text).substring(lowerLength(first))).toString();
    }

    static boolean isCased(int character) {
        return Character.isLowerCase(character) || Character.isUpperCase(character) || Character.isTitleCase(character);
    }

    public static String title(String text) {
        StringBuilder result = new StringBuilder(text.length());
        String lower = lower(text);
        boolean inside = false;
        int atLower = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int endLower = atLower + lowerLength(character);
            if (inside) {
                result.append(lower, atLower, endLower);
            } else {
                appendTitle(character, result);
            }
            inside = isCased(character);
            atLower = endLower;
            i += Character.charCount(character);
        }
        return result.toString();
    }

    public static String swapCase(String text) {
        StringBuilder result = new StringBuilder(text.length());
        String lower = lower(text);
        int atLower = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int endLower = atLower + lowerLength(character);
            if (Character.isUpperCase(character)) {
                result.append(lower, atLower, endLower);
            } else if (Character.isLowerCase(character)) {
                appendUpper(character, result);
            } else {
                result.appendCodePoint(character);
            }
            atLower = endLower;
            i += Character.charCount(character);
        }
        return result.toString();
    }
}
