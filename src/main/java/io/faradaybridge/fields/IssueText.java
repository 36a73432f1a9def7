package io.faradaybridge.fields;

import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.template.WikiBlocks;

/** Cuts the two texts of an issue to Jira's limits, which count UTF-16 units. */
final class IssueText {

    static final int SUMMARY = 255;
    static final int DESCRIPTION = 32_767;

    private IssueText() {}

    /** One line: Jira refuses a line break in a summary. */
    static String summary(String text) {
        return cut(
                XmlText.of(text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " "))
                        .strip(),
                SUMMARY);
    }

    /**
     * Closes a block that the cut has left open, since Jira would otherwise interpret the text of scanners in it as
     * markup.
     */
    static String description(String text) {
        String whole = XmlText.of(text).strip();
        if (whole.length() <= DESCRIPTION) {
            return whole;
        }
        String cut = cut(whole, DESCRIPTION - "\n{noformat}".length());
        String open = WikiBlocks.open(cut);
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
