package io.faradaybridge.jinja2.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The parts of a text: by blanks, by a separator, by lines, from either end. */
public final class Splitting {

    private Splitting() {}

    private static void add(List<String> parts, String part, Budget budget) {
        budget.step();
        parts.add(part);
    }

    /** By blanks. */
    public static List<String> split(String text, long most, Budget budget) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && Text.isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return parts;
            }
            if (most >= 0 && parts.size() >= most) {
                add(parts, Text.strip(text.substring(at), null, false, true), budget);
                return parts;
            }
            int start = at;
            while (at < text.length() && !Text.isSpace(text.charAt(at))) {
                at++;
            }
            add(parts, text.substring(start, at), budget);
        }
    }

    public static List<String> splitBy(String text, String separator, long most, Budget budget) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (most < 0 || parts.size() < most) {
            int found = Search.indexOf(text, separator, at);
            if (found < 0) {
                break;
            }
            add(parts, text.substring(at, found), budget);
            at = found + separator.length();
        }
        add(parts, text.substring(at), budget);
        return parts;
    }

    public static List<String> splitFromRight(String text, long most, Budget budget) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        while (true) {
            while (end > 0 && Text.isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (end == 0) {
                break;
            }
            if (most >= 0 && parts.size() >= most) {
                add(parts, Text.strip(text.substring(0, end), null, true, false), budget);
                break;
            }
            int last = end;
            while (end > 0 && !Text.isSpace(text.charAt(end - 1))) {
                end--;
            }
            add(parts, text.substring(end, last), budget);
        }
        Collections.reverse(parts);
        return parts;
    }

    public static List<String> splitFromRightBy(String text, String separator, long most, Budget budget) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        while (most < 0 || parts.size() < most) {
            int found = end < separator.length() ? -1 : Search.lastIndexOf(text, separator, end - separator.length());
            if (found < 0) {
                break;
            }
            add(parts, text.substring(found + separator.length(), end), budget);
            end = found;
        }
        add(parts, text.substring(0, end), budget);
        Collections.reverse(parts);
        return parts;
    }

    public static List<String> lines(String text, boolean keepEnds, Budget budget) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Text.isLineEnd(text.charAt(i))) {
                int end = i;
                if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                add(lines, text.substring(start, keepEnds ? i + 1 : end), budget);
                start = i + 1;
            }
        }
        if (start < text.length()) {
            add(lines, text.substring(start), budget);
        }
        return lines;
    }
}
