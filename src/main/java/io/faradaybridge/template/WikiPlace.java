package io.faradaybridge.template;

import io.faradaybridge.jinja2.api.Escaping;

/**
 * Makes printed values of a template harmless, depending on the place. Prose is escaped. In a block ({@code noformat},
 * {@code code}) that the template opened nothing can be escaped, so a blank is inserted where a value would end the
 * block. One object serves one rendering.
 */
final class WikiPlace implements Escaping {

    private final WikiBlocks blocks = new WikiBlocks();

    @Override
    public String escape(String text) {
        return WikiText.escape(text);
    }

    @Override
    public void print(String text, StringBuilder written) {
        String plain = WikiText.plain(text);
        if (plain.isEmpty()) {
            return;
        }
        blocks.readOn(written);
        blocks.noBracketFollows(written);
        if (blocks.isInBlock()) {
            if (blocks.mayEndMacro(written)) {
                written.append(' ');
            }
            WikiText.inBlock(plain, written);
        } else {
            int start = written.length();
            WikiText.prose(plain, written);
            if (written.charAt(start) == '\\' && WikiText.endsEscaping(written, 0, start)) {
                written.insert(start, ' ');
            }
        }
    }

    /** A backslash of the template directly before the text would undo the escape at its beginning. */
    @Override
    public void append(String escaped, StringBuilder written, int from) {
        if (escaped.startsWith("\\") && WikiText.endsEscaping(written, from, written.length())) {
            written.append(' ');
        }
        written.append(escaped);
    }
}
