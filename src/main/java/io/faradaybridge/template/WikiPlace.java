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

    private int read;
    private String open = "";

    @Override
    public String escape(String text) {
        return WikiText.escape(text);
    }

    @Override
    public String escape(String text, CharSequence before) {
        Matcher block = BLOCK.matcher(before);
        block.region(read, before.length());
        block.useTransparentBounds(true);
        while (block.find()) {
            if (open.isEmpty()) {
                open = block.group(1);
            } else if (block.group().equals("{" + open + "}")) {
                open = "";
            }
            read = block.end();
        }
        return open.isEmpty() ? WikiText.prose(text) : WikiText.inBlock(text);
    }
}
