package io.faradaybridge.comments;

import io.faradaybridge.faraday.FaradayComments.Written;
import io.faradaybridge.jira.answers.JiraComment;
import io.faradaybridge.template.WikiText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of comments as the other side gets them: each begins with its author, and none is longer than Jira takes. */
final class CommentText {

    /** Jira's own limit, unless its administrator has set another. */
    static final int LONGEST = 32_767;

    private static final String CUT_NOTE = "\n(cut: the comment is longer)";
    private static final Pattern ADDRESSED =
            Pattern.compile("@jira(?:[\\s:]+(.*))?", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_AUTHOR = 255;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private CommentText() {}

    /** For Jira, where it reads as it was written in Faraday. Empty if nothing follows {@code @jira}. */
    static Optional<String> forJira(Written comment) {
        Matcher addressed = ADDRESSED.matcher(comment.text());
        String text = addressed.matches() && addressed.group(1) != null
                ? WikiText.plain(addressed.group(1)).strip()
                : "";
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(bounded(WikiText.escape(author(comment.author(), "A former user")) + " in Faraday: "
                        + WikiText.escape(text)));
    }

    /** For Faraday, with Jira's markup as it is. Empty if the comment has no text. */
    static Optional<String> forFaraday(JiraComment comment) {
        String text = WikiText.plain(comment.body()).strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(bounded(author(comment.author(), "Anonymous") + " (Jira, "
                        + TIME.format(comment.created()) + "): " + text));
    }

    /** On one line. */
    private static String author(@Nullable String name, String otherwise) {
        String plain =
                name == null ? "" : WikiText.plain(name).replaceAll("\\s+", " ").strip();
        return plain.isEmpty() ? otherwise : WikiText.cut(plain, LONGEST_AUTHOR);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : WikiText.cut(text, LONGEST - CUT_NOTE.length()) + CUT_NOTE;
    }
}
