package io.faradaybridge.project;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two texts of an issue within Jira's limits, which count UTF-16 units. */
final class IssueText {

    static final int SUMMARY = 255;
    static final int DESCRIPTION = 32_767;

    private static final Pattern BLOCK = Pattern.compile("\\{(noformat|code)[^}\\n]*}");

    private IssueText() {}

    /** One line: Jira refuses a line break in a summary. */
    static String summary(String text) {
        return cut(text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ").strip(), SUMMARY);
    }

    /** A block that the cut left open is closed: unclosed, what scanners wrote in it would count as markup. */
    static String description(String text) {
        String whole = text.strip();
        if (whole.length() <= DESCRIPTION) {
            return whole;
        }
        String cut = cut(whole, DESCRIPTION - "\n{noformat}".length());
        String open = "";
        for (Matcher block = BLOCK.matcher(cut); block.find(); ) {
            if (open.isEmpty()) {
                open = block.group(1);
            } else if (block.group().equals("{" + open + "}")) {
                open = "";
            }
        }
        return open.isEmpty() ? cut : cut + "\n{" + open + "}";
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
