package io.faradaybridge.template;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes text of scanners and users harmless for Jira's wiki markup. The text reads as it was written, but it mentions
 * no user, runs no macro, shows no image and forges no link. The code reads each text once and without regular
 * expressions, which took a hundred times as long; an export renders thousands of long texts.
 */
public final class WikiText {

    private static final List<String> FACES = List.of("x", "y", "i", "n", "/", "?", "on", "off", "flag", "flagoff");
    private static final int LONGEST_FACE = 7;

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[\\p{Graph}&&[^<>]]+");

    private WikiText() {}

    /**
     * Prose with every markup character escaped. A backslash becomes an entity: doubled it would break the line, and
     * alone it would undo the escape of the next character.
     */
    public static String escape(String text) {
        String plain = plain(text);
        if (nextMark(plain, 0) == plain.length()) {
            return plain;
        }
        StringBuilder escaped = new StringBuilder(plain.length() + plain.length() / 8);
        escape(plain, escaped);
        return escaped.toString();
    }

    private static void escape(String plain, StringBuilder out) {
        int written = 0;
        for (int mark = nextMark(plain, 0); mark < plain.length(); mark = nextMark(plain, mark + 1)) {
            out.append(plain, written, mark);
            if (plain.charAt(mark) == '\\') {
                out.append("&#92;");
                written = mark + 1;
            } else {
                out.append('\\');
                written = mark;
            }
        }
        out.append(plain, written, plain.length());
    }

    private static int nextMark(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\\' && !isMark(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean isMark(String text, int at) {
        return switch (text.charAt(at)) {
            // brackets of links, mentions, macros, images and tables are always escaped
            case '[', ']', '{', '}', '!', '|' -> true;
            // These work only at the edge of a word: snake_case and CVE-2024-1 stay readable in the source.
            case '*', '_', '+', '^', '~', '-' -> !isWord(text, at - 1) || !isWord(text, at + 1);
            case '?' -> character(text, at - 1) == '?' || character(text, at + 1) == '?';
            case ':', ';' -> isSmile(text, at + 1);
            case '(' -> isFace(text, at + 1);
            case '#' -> startsLine(text, at);
            case '.' -> isHeading(text, at);
            default -> false;
        };
    }

    /** The character at this place; a blank beyond the ends of the text. */
    private static char character(String text, int at) {
        return at >= 0 && at < text.length() ? text.charAt(at) : ' ';
    }

    /** A letter or a decimal digit. Jira counts nothing else as part of a word, no Roman numeral and no fraction. */
    private static boolean isWord(String text, int at) {
        return Character.isLetterOrDigit(character(text, at));
    }

    private static boolean isSmile(String text, int mouth) {
        return switch (character(text, mouth)) {
            case '(', ')' -> true;
            case 'D', 'P' -> character(text, mouth + 1) == '_' || !isAsciiWord(character(text, mouth + 1));
            default -> false;
        };
    }

    /** {@code (x)}, {@code (flagoff)}, {@code (*r)}. */
    private static boolean isFace(String text, int start) {
        int last = Math.min(text.length() - 1, start + LONGEST_FACE);
        for (int end = start + 1; end <= last; end++) {
            if (text.charAt(end) == ')' && (isSymbol(text, start, end) || isNamed(text, start, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(String text, int start, int end) {
        for (String face : FACES) {
            if (face.length() == end - start && text.startsWith(face, start)) {
                return true;
            }
        }
        return false;
    }

    /** One or two symbols and perhaps a colour. */
    private static boolean isSymbol(String text, int start, int end) {
        int at = start;
        while (at < end && at < start + 2 && !isAsciiWord(text.charAt(at)) && !isBlank(text.charAt(at))) {
            at++;
        }
        return at > start && (at == end || (at == end - 1 && "rgby".indexOf(text.charAt(at)) >= 0));
    }

    private static boolean isAsciiWord(char character) {
        return character < 0x80 && (Character.isLetterOrDigit(character) || character == '_');
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\n';
    }

    /** {@code h1.} and {@code bq.} */
    private static boolean isHeading(String text, int dot) {
        char second = character(text, dot - 1);
        boolean named = (second >= '1' && second <= '6' && character(text, dot - 2) == 'h')
                || (second == 'q' && character(text, dot - 2) == 'b');
        return named && startsLine(text, dot - 2);
    }

    private static boolean startsLine(String text, int at) {
        int before = at - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\u0085';
    }

    /** A web address becomes a link that shows the address; any other text is escaped as prose. */
    static String link(String text) {
        String address = text.strip();
        if (!isAddress(address)) {
            return escape(text);
        }
        StringBuilder link = new StringBuilder("[");
        address(address, link);
        return link.append(']').toString();
    }

    /**
     * Writes prose, but leaves a web address usable, since a template may put it into a link of its own.
     *
     * @param plain the result of {@link #plain}
     */
    static void prose(String plain, StringBuilder out) {
        if (isAddress(plain)) {
            address(plain, out);
        } else {
            escape(plain, out);
        }
    }

    private static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "http", 0, 4)
                && ADDRESS.matcher(text).matches();
    }

    private static void address(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if ("[]{}|!\\^\"".indexOf(character) >= 0) {
                out.append('%').append(Integer.toHexString(character).toUpperCase(Locale.ROOT));
            } else {
                out.append(character);
            }
        }
    }

    /**
     * Writes text inside a block, where nothing can be escaped. A blank is inserted into everything that could be an
     * end tag, change the start tag that is already written, or escape the end tag that follows.
     *
     * @param plain the result of {@link #plain}
     */
    static void inBlock(String plain, StringBuilder written) {
        int start = written.length();
        if (plain.startsWith("}")) {
            written.append(' ');
        }
        int copied = 0;
        for (int bracket = plain.indexOf('{'); bracket >= 0; bracket = plain.indexOf('{', bracket + 1)) {
            written.append(plain, copied, bracket + 1).append(' ');
            copied = bracket + 1;
        }
        written.append(plain, copied, plain.length());
        if (written.length() > start && endsEscaping(written, 0, written.length())) {
            written.append(' ');
        }
    }

    /** Whether the next character is escaped, because an odd number of backslashes precedes it. */
    static boolean endsEscaping(CharSequence text, int start, int end) {
        int at = end;
        while (at > start && text.charAt(at - 1) == '\\') {
            at--;
        }
        return (end - at) % 2 == 1;
    }

    /** The text in a block, shown unchanged. */
    static String block(String text) {
        StringBuilder block = new StringBuilder(text.length() + 64).append("{noformat}\n");
        inBlock(plain(text), block);
        return block.append("\n{noformat}").toString();
    }

    /** The first {@code limit} characters, never half a character, with an ellipsis if text was cut. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Math.max(0, limit - 1);
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** The text with Unix line ends, without characters that XML forbids or that change the direction of reading. */
    public static String plain(String text) {
        int first = 0;
        while (first < text.length() && !isDropped(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\r' && character(text, i + 1) != '\n') {
                plain.append('\n');
            } else if (!isDropped(text, i)) {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    private static boolean isDropped(String text, int at) {
        char character = text.charAt(at);
        if (character >= 0x2028 && Character.isSurrogate(character)) {
            return Character.isHighSurrogate(character)
                    ? !Character.isLowSurrogate(character(text, at + 1))
                    : !Character.isHighSurrogate(character(text, at - 1));
        }
        return (character < ' ' && character != '\n' && character != '\t')
                || character == 0x7f
                || character >= 0xfffe
                || (character >= 0x2028 && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
