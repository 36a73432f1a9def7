package io.faradaybridge.jinja2.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of a width, broken where Python's textwrap breaks them: at blanks, behind hyphens, before dashes. */
public final class WordWrap {

    private final long width;
    private final boolean breakWords;
    private final boolean breakHyphens;
    private final Budget budget;

    public WordWrap(long width, boolean breakWords, boolean breakHyphens, Budget budget) {
        this.width = width;
        this.breakWords = breakWords;
        this.breakHyphens = breakHyphens;
        this.budget = budget;
    }

    /** ASCII only: other blanks are part of a word. */
    private static boolean isBlank(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    private static boolean isLetter(String text, int at) {
        return at >= 0 && at < text.length() && Text.isWord(text.charAt(at)) && !Character.isDigit(text.charAt(at));
    }

    private static boolean isPunctuatedWord(String text, int at) {
        return at >= 0 && (Text.isWord(text.codePointBefore(at + 1)) || "!\"'&.,?".indexOf(text.charAt(at)) >= 0);
    }

    public List<String> lines(String text) {
        budget.text(2L * text.length());
        List<String> chunks = chunks(text);
        if (width <= 0) {
            throw Failure.value("invalid width " + width + " (must be > 0)");
        }
        return wrap(chunks);
    }

    private List<String> chunks(String text) {
        int[] dashes = dashRuns(text);
        List<String> chunks = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = breakHyphens ? chunkEnd(text, at, dashes) : blankOrWordEnd(text, at);
            budget.step();
            chunks.add(text.substring(at, end));
            at = end;
        }
        return chunks;
    }

    /** For each place where the run of dashes there ends. */
    private static int[] dashRuns(String text) {
        int[] ends = new int[text.length() + 1];
        ends[text.length()] = text.length();
        for (int i = text.length() - 1; i >= 0; i--) {
            ends[i] = text.charAt(i) != '-' ? i : ends[i + 1];
        }
        return ends;
    }

    private static int blankOrWordEnd(String text, int from) {
        boolean blank = isBlank(text.charAt(from));
        int end = from;
        while (end < text.length() && isBlank(text.charAt(end)) == blank) {
            end++;
        }
        return end;
    }

    private static boolean wordAt(String text, int at) {
        return at < text.length() && Text.isWord(text.codePointAt(at));
    }

    private static int chunkEnd(String text, int from, int[] dashes) {
        if (isBlank(text.charAt(from))) {
            return blankOrWordEnd(text, from);
        }
        if (isPunctuatedWord(text, from - 1) && dashes[from] - from >= 2 && wordAt(text, dashes[from])) {
            return dashes[from];
        }
        for (int end = from + 1; end <= text.length(); end++) {
            if (end == text.length() || isBlank(text.charAt(end))) {
                return end;
            }
            if (text.charAt(end) == '-' && isHyphen(text, end)) {
                return end + 1;
            }
            if (isPunctuatedWord(text, end - 1) && dashes[end] - end >= 2 && wordAt(text, dashes[end])) {
                return end;
            }
        }
        return text.length();
    }

    /** Between letters: {@code well-known}, {@code e-mail} after one letter only if a dot or the like came before. */
    private static boolean isHyphen(String text, int at) {
        boolean before = (isLetter(text, at - 1) && isLetter(text, at - 2))
                || (at >= 3 && isPunctuatedWord(text, at - 1) && text.charAt(at - 2) == '-' && isLetter(text, at - 3));
        int second = at + 2 < text.length() && text.charAt(at + 2) == '-' ? at + 3 : at + 2;
        boolean after = isLetter(text, at + 1) && (isLetter(text, second) || isLetter(text, at + 2));
        return before && after;
    }

    private List<String> wrap(List<String> chunks) {
        List<String> lines = new ArrayList<>();
        int next = 0;
        String rest = "";
        while (next < chunks.size() || !rest.isEmpty()) {
            StringBuilder line = new StringBuilder();
            List<String> parts = new ArrayList<>();
            long length = 0;
            budget.step();
            if (!lines.isEmpty() && rest.isEmpty() && isAllBlank(chunks.get(next))) {
                next++;
            }
            while (next < chunks.size() || !rest.isEmpty()) {
                String chunk = rest.isEmpty() ? chunks.get(next) : rest;
                int size = Text.length(chunk);
                if (length + size > width) {
                    break;
                }
                parts.add(chunk);
                length += size;
                if (rest.isEmpty()) {
                    next++;
                } else {
                    rest = "";
                }
            }
            if (next < chunks.size() || !rest.isEmpty()) {
                String chunk = rest.isEmpty() ? chunks.get(next) : rest;
                if (Text.length(chunk) > width) {
                    if (rest.isEmpty()) {
                        next++;
                    }
                    rest = breakLong(chunk, parts, length);
                }
            }
            if (!parts.isEmpty() && isAllBlank(parts.get(parts.size() - 1))) {
                parts.remove(parts.size() - 1);
            }
            parts.forEach(line::append);
            if (!parts.isEmpty()) {
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static boolean isAllBlank(String chunk) {
        return chunk.codePoints().allMatch(Text::isSpace);
    }

    /** Puts what fits of a word that is too long into the line, and gives what is left of it. */
    private String breakLong(String chunk, List<String> parts, long length) {
        int space = (int) Math.min(Integer.MAX_VALUE, width < 1 ? 1 : width - length);
        if (!breakWords) {
            if (parts.isEmpty()) {
                parts.add(chunk);
                return "";
            }
            return chunk;
        }
        budget.text(chunk.length());
        int end = space;
        if (breakHyphens && Text.length(chunk) > space) {
            String head = Text.substring(chunk, 0, space);
            int hyphen = head.lastIndexOf('-');
            if (hyphen > 0 && head.substring(0, hyphen).chars().anyMatch(character -> character != '-')) {
                end = head.codePointCount(0, hyphen) + 1;
            }
        }
        parts.add(Text.substring(chunk, 0, end));
        return Text.substring(chunk, end, Text.length(chunk));
    }
}
