package io.faradaybridge.template;

import java.util.regex.Pattern;

/**
 * Text that scanners and people wrote, made harmless for Jira's wiki markup: it reads as it was written, and mentions
 * nobody, runs no macro, shows no image, forges no link.
 */
final class WikiText {

    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    /** Brackets of links, mentions, macros, images and tables: never left alone. */
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]{}!|]");

    /** Marks of phrases work only at the edge of a word: snake_case and CVE-2024-1 stay readable in the source. */
    private static final Pattern PHRASES = Pattern.compile("(?<![\\p{L}\\p{N}])[*_+^~-]|[*_+^~-](?![\\p{L}\\p{N}])");

    private static final Pattern CITATION = Pattern.compile("\\?(?=\\?)|(?<=\\?)\\?");
    private static final Pattern EMOTICON = Pattern.compile(
            "[:;](?=[()]|[DP](?!\\w))|\\((?=(?:[xyin/?]|on|off|flag|flagoff|[^\\w\\s]{1,2}[rgby]?)\\))");
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\s*(?:(?=#)|(?:h[1-6]|bq)(?=\\.))");

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[\\p{Graph}&&[^<>]]+");

    /** Stands for a backslash while the marks are escaped; no text holds it, since {@link #plain} takes it out. */
    private static final char BACKSLASH = '\u0000';

    private static final Pattern NOFORMAT = Pattern.compile("\\{(?=\\s*noformat)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY_BLOCK = Pattern.compile("\\{(?=\\s*(?:noformat|code))", Pattern.CASE_INSENSITIVE);

    private WikiText() {}

    /**
     * Prose with every mark of the markup escaped. A backslash becomes an entity: doubled it would break the line, and
     * left alone it would undo the escape of the mark that follows.
     */
    static String escape(String text) {
        String escaped = plain(text).replace('\\', BACKSLASH);
        escaped = BRACKETS.matcher(escaped).replaceAll("\\\\$0");
        escaped = PHRASES.matcher(escaped).replaceAll("\\\\$0");
        escaped = CITATION.matcher(escaped).replaceAll("\\\\$0");
        escaped = EMOTICON.matcher(escaped).replaceAll("\\\\$0");
        escaped = LINE_START.matcher(escaped).replaceAll("$0\\\\");
        return escaped.replace(String.valueOf(BACKSLASH), "&#92;");
    }

    /** A web address that can be clicked on, shown as it is; anything else is prose. */
    static String link(String text) {
        if (!ADDRESS.matcher(text.strip()).matches()) {
            return escape(text);
        }
        return "[" + address(text.strip()) + "]";
    }

    /** Prose, but a web address stays one: whoever wrote a template may put it into a link of their own. */
    static String prose(String text) {
        return ADDRESS.matcher(text).matches() ? address(text) : escape(text);
    }

    private static String address(String text) {
        StringBuilder address = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if ("[]{}|!\\^\"".indexOf(character) >= 0) {
                address.append(String.format("%%%02X", (int) character));
            } else {
                address.append(character);
            }
        }
        return address.toString();
    }

    /** What stands in a block that somebody else has opened: as it is, but nothing in it ends the block. */
    static String inBlock(String text) {
        return ANY_BLOCK.matcher(plain(text)).replaceAll("{ ");
    }

    /** A block shown as it is. Nothing can be escaped in there, so the one thing that would end it gets a blank. */
    static String block(String text) {
        return "{noformat}\n" + NOFORMAT.matcher(plain(text)).replaceAll("{ ") + "\n{noformat}";
    }

    /** The first {@code limit} characters, never half a character, with an ellipsis where something is missing. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Math.max(0, limit - 1);
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** Unix line ends; no control characters, which XML cannot carry, and none that turn the direction of reading. */
    private static String plain(String text) {
        return CONTROLS.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
    }
}
