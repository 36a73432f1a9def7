package io.faradaybridge.jinja2.text;

import java.util.List;
import java.util.Set;

/** Addresses in a text made links, as Jinja2's filter urlize finds them. */
public final class Urlize {

    private static final Set<String> BASIC = Set.of("com", "net", "int", "edu", "gov", "org", "info", "mil");

    private final long limit;
    private final String attributes;
    private final String schemeAttributes;
    private final List<String> schemes;

    /** @param limit of the shown address, negative for none */
    public Urlize(long limit, String rel, String target, List<String> schemes) {
        this.limit = limit;
        this.attributes = (rel.isEmpty() ? "" : " rel=\"" + HtmlText.escape(rel) + "\"")
                + (target.isEmpty() ? "" : " target=\"" + HtmlText.escape(target) + "\"");
        this.schemeAttributes = attributes;
        this.schemes = schemes;
    }

    /** @param html escaped before */
    public String links(String html, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        int at = 0;
        while (at < html.length()) {
            int end = at;
            boolean blank = Text.isSpace(html.charAt(at));
            while (end < html.length() && Text.isSpace(html.charAt(end)) == blank) {
                end++;
            }
            String word = html.substring(at, end);
            if (blank) {
                out.append(word);
            } else {
                budget.step();
                out.append(word(word));
            }
            at = end;
        }
        return out.toString();
    }

    private String word(String word) {
        int start = 0;
        while (start < word.length()) {
            if (word.charAt(start) == '(' || word.charAt(start) == '<') {
                start++;
            } else if (word.startsWith("&lt;", start)) {
                start += 4;
            } else {
                break;
            }
        }
        int end = word.length();
        while (end > start) {
            if (")>.,".indexOf(word.charAt(end - 1)) >= 0) {
                end--;
            } else if (end - 4 >= start && word.startsWith("&gt;", end - 4)) {
                end -= 4;
            } else {
                break;
            }
        }
        end = balance(word, start, end, "(", ")");
        end = balance(word, start, end, "<", ">");
        end = balance(word, start, end, "&lt;", "&gt;");
        return word.substring(0, start) + link(word.substring(start, end)) + word.substring(end);
    }

    /** A closing bracket belongs to the address if it was opened in there. */
    private static int balance(String word, int start, int end, String open, String close) {
        String middle = word.substring(start, end);
        long opened = Search.count(middle, open, -1);
        if (opened <= Search.count(middle, close, -1)) {
            return end;
        }
        long moves = Math.min(opened, Search.count(word.substring(end), close, -1));
        int at = end;
        for (long i = 0; i < moves; i++) {
            at = word.indexOf(close, at) + close.length();
        }
        return at;
    }

    private String link(String middle) {
        if (isWeb(middle)) {
            boolean full = middle.startsWith("https://") || middle.startsWith("http://");
            return "<a href=\"" + (full ? "" : "https://") + middle + "\"" + attributes + ">" + trimmed(middle)
                    + "</a>";
        } else if (middle.startsWith("mailto:") && isMail(middle.substring(7))) {
            return "<a href=\"" + middle + "\">" + middle.substring(7) + "</a>";
        } else if (middle.indexOf('@') > 0 && !middle.startsWith("www.") && middle.indexOf(':') < 0 && isMail(middle)) {
            return "<a href=\"mailto:" + middle + "\">" + middle + "</a>";
        }
        String linked = middle;
        for (String scheme : schemes) {
            if (!linked.equals(scheme) && linked.startsWith(scheme)) {
                linked = "<a href=\"" + linked + "\"" + schemeAttributes + ">" + linked + "</a>";
            }
        }
        return linked;
    }

    private String trimmed(String address) {
        return limit >= 0 && Text.length(address) > limit ? Text.substring(address, 0, (int) limit) + "..." : address;
    }

    private static boolean isHostCharacter(int character) {
        return Text.isWord(character) || character == '%' || character == '-';
    }

    private static boolean isWeb(String text) {
        String lower = LetterCase.lower(text);
        int scheme = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
        int body = scheme > 0 ? scheme : lower.startsWith("www.") ? 4 : -1;
        if (body > 0 && isHost(text, lower, body, false)) {
            return true;
        }
        if (isHost(text, lower, 0, true)) {
            return true;
        }
        return scheme > 0 && isNumericHost(lower, scheme);
    }

    /**
     * Names with dots between them, the last one a top-level domain, and behind it what may follow a host.
     *
     * @param basic at least one name before the last, which is a well-known one
     */
    private static boolean isHost(String text, String lower, int from, boolean basic) {
        int label = from;
        boolean any = false;
        while (true) {
            if ((any || !basic) && isLastLabel(text, lower, label, basic)) {
                return true;
            }
            int end = label;
            while (end < text.length() && isHostCharacter(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
            }
            int length = text.codePointCount(label, end);
            if (end == label
                    || end == text.length()
                    || text.charAt(end) != '.'
                    || (basic && (length < 2 || length > 63))) {
                return false;
            }
            any = true;
            label = end + 1;
        }
    }

    private static boolean isLastLabel(String text, String lower, int from, boolean basic) {
        if (basic) {
            int end = from;
            while (end < lower.length() && lower.charAt(end) >= 'a' && lower.charAt(end) <= 'z') {
                end++;
            }
            for (int i = Math.min(end, from + 4); i >= from + 3; i--) {
                if (BASIC.contains(lower.substring(from, i)) && isRest(text, i)) {
                    return true;
                }
            }
            return false;
        }
        int end = from;
        while (end < lower.length() && end - from < 63 && lower.charAt(end) >= 'a' && lower.charAt(end) <= 'z') {
            end++;
        }
        if (end - from >= 2 && isRest(text, end)) {
            return true;
        }
        if (!lower.startsWith("xn--", from)) {
            return false;
        }
        end = from + 4;
        while (end < text.length()
                && end - from - 4 < 59
                && (Text.isWord(text.charAt(end)) || text.charAt(end) == '%')) {
            end++;
        }
        return end - from - 4 >= 2 && isRest(text, end);
    }

    /** A port, then a path, a query or a fragment, up to the end of the word. */
    private static boolean isRest(String text, int from) {
        int end = from;
        if (text.startsWith(":", from)) {
            end = from + 1;
            while (end < text.length() && end - from <= 5 && Character.isDigit(text.charAt(end))) {
                end++;
            }
            if (end == from + 1) {
                return false;
            }
        }
        return end == text.length() || "/?#".indexOf(text.charAt(end)) >= 0;
    }

    private static boolean isNumericHost(String lower, int from) {
        if (lower.startsWith("[", from)) {
            int end = lower.indexOf(']', from);
            return end > 0 && isAddressOfSix(lower.substring(from + 1, end)) && isRest(lower, end + 1);
        }
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            while (at < lower.length() && at - start < 3 && Character.isDigit(lower.charAt(at))) {
                at++;
            }
            if (at == start || (part < 3 && !lower.startsWith(".", at))) {
                return false;
            }
            at += part < 3 ? 1 : 0;
        }
        return isRest(lower, at);
    }

    /** Groups of up to four digits, two that end with a colon at least, three to eight in all. */
    private static boolean isAddressOfSix(String address) {
        String[] groups = address.split(":", -1);
        for (String group : groups) {
            if (group.length() > 24 || !group.chars().allMatch(character -> Character.digit(character, 16) >= 0)) {
                return false;
            }
        }
        boolean short4 = true;
        for (int i = 0; i < groups.length; i++) {
            short4 &= groups[i].length() <= 4;
        }
        return groups.length >= 3 && groups.length <= 9 && short4 && !(groups.length == 9 && !groups[8].isEmpty());
    }

    /** Something, an at sign, and a domain with a dot. */
    private static boolean isMail(String text) {
        for (int at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
            int dot = text.lastIndexOf('.');
            boolean domain = dot > at + 1
                    && dot + 1 < text.length()
                    && text.substring(dot + 1).codePoints().allMatch(Text::isWord)
                    && Text.isWord(text.codePointAt(at + 1))
                    && text.substring(at + 1, dot)
                            .codePoints()
                            .allMatch(character -> Text.isWord(character) || character == '.' || character == '-');
            if (domain) {
                return true;
            }
            if (text.indexOf('@', at + 1) < 0 && dot < at) {
                return false;
            }
            return false;
        }
        return false;
    }
}
