package io.faradaybridge.template;

import io.faradaybridge.template.jinja.Escaping;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes harmless what a template prints of its data, by the place where it is printed: prose is escaped; in a block
 * ({@code noformat}, {@code code}) that the template opened nothing can be escaped, so only what would end the block is
 * taken apart. For one rendering.
 */
final class WikiPlace implements Escaping {

    private static final Pattern BLOCK = Pattern.compile("(?<!\\\\)\\{(noformat|code)[^}\\n]*}");

    /** How far the template's text is known, so that each character of it is read once. */
    private int read;
    /** Where the first bracket of the line stands that none has closed yet; -1: none. */
    private int bracket = -1;

    private String open = "";

    @Override
    public String escape(String text) {
        return WikiText.escape(text);
    }

    @Override
    public void print(String text, StringBuilder written) {
        for (; read < written.length(); read++) {
            switch (written.charAt(read)) {
                case '{' -> {
                    boolean escaped = read > 0 && written.charAt(read - 1) == '\\';
                    bracket = bracket < 0 && !escaped ? read : bracket;
                }
                case '\n' -> bracket = -1;
                case '}' -> {
                    if (bracket >= 0) {
                        tag(written);
                    }
                    bracket = -1;
                }
                default -> {}
            }
        }
        if (open.isEmpty()) {
            WikiText.prose(text, written);
        } else {
            written.append(WikiText.inBlock(text));
        }
    }

    /** Brackets that have just been closed. */
    private void tag(CharSequence written) {
        Matcher block = BLOCK.matcher(written).region(bracket, read + 1).useTransparentBounds(true);
        if (!block.find()) {
            return;
        }
        if (open.isEmpty()) {
            open = block.group(1);
        } else if (block.group().equals("{" + open + "}")) {
            open = "";
        }
    }
}
