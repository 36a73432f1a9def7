package io.faradaybridge.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which block ({@code noformat}, {@code code}) of a text is open, by Jira's own rules. A backslash makes the
 * next character plain. Within a tag, a backslash or a line end is skipped and the next character belongs to the tag. A
 * tag with an even number of closing brackets is no tag. The body of a macro reaches to the first end tag that is spelt
 * like its start. Each character is read once, as the text grows.
 */
public final class WikiBlocks {

    private static final Set<String> VERBATIM = Set.of("noformat", "code");
    /** After a bracket these characters are markup of their own, such as <code>{*}</code>, and begin no tag. */
    private static final String NO_TAG = "{*?^_-+~";

    private static final int NONE = -1;

    /** The macros that are open at this place, the outermost first. Only the last can be a block. */
    private final List<String> macros = new ArrayList<>();

    private final Map<String, Integer> outermost = new HashMap<>();

    private int read;
    private boolean escaped;
    /** A bracket was read last; it begins no tag if one of {@link #NO_TAG} follows. */
    private boolean opening;
    /** Where an incomplete tag begins if no macro is open; {@link #NONE} if there is none. */
    private int first = NONE;
    /**
     * The last opening bracket of the incomplete tag. After a line end, brackets are part of the first tag, but an end
     * tag may begin at the last one.
     */
    private int last = NONE;

    private boolean escapedInTag;
    /** Where the tag ends, if the number of closing brackets is odd. */
    private int end = NONE;

    private int brackets;

    /** A place where a block was open when the macro around it ended: its end tag must be inserted here. */
    private record Unclosed(int place, String name) {}

    private final List<Unclosed> unclosed = new ArrayList<>();

    /** The name of the block that is open at the end of a text, as its end tag must spell it; empty if none is open. */
    public static String open(CharSequence text) {
        return read(text).block();
    }

    /** The text with an end tag for each block that lacks one. To Jira, a block without an end tag is no block. */
    static String closed(String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        WikiBlocks blocks = read(text);
        String open = blocks.block();
        if (blocks.unclosed.isEmpty() && open.isEmpty()) {
            return text;
        }
        StringBuilder closed = new StringBuilder(text.length() + 64);
        int copied = 0;
        for (Unclosed missing : blocks.unclosed) {
            closed.append(text, copied, missing.place())
                    .append('{')
                    .append(missing.name())
                    .append('}');
            copied = missing.place();
        }
        closed.append(text, copied, text.length());
        return open.isEmpty()
                ? closed.toString()
                : closed.append("\n{").append(open).append('}').toString();
    }

    private static WikiBlocks read(CharSequence text) {
        WikiBlocks blocks = new WikiBlocks();
        blocks.readOn(text);
        if (blocks.end != NONE) {
            blocks.tag(text); // at the very end of a text, Jira accepts any number of brackets
        }
        return blocks;
    }

    /** @param text the text of the previous call with more text at its end */
    void readOn(CharSequence text) {
        for (; read < text.length(); read++) {
            next(text, text.charAt(read));
        }
    }

    /** Tells that the next text does not begin with a closing bracket. */
    void noBracketFollows(CharSequence text) {
        if (end != NONE) {
            endOfBrackets(text);
        }
    }

    /** The name of the open block, as its end tag must spell it; empty if none is open. */
    String block() {
        String innermost = macros.isEmpty() ? "" : macros.get(macros.size() - 1);
        return VERBATIM.contains(innermost.toLowerCase(Locale.ROOT)) ? innermost : "";
    }

    boolean isInBlock() {
        return !block().isEmpty();
    }

    /**
     * Whether the text ends within a tag that may become the end tag of an open macro, depending on the next
     * characters.
     */
    boolean mayEndMacro(CharSequence text) {
        if (last == NONE || end != NONE) {
            return false;
        }
        int length = text.length() - last;
        if (macros.stream().noneMatch(macro -> length <= 2 * macro.length() + 4)) {
            return false;
        }
        Tag begun = Tag.read(text, last + 1, text.length());
        return begun.arguments().isEmpty() && macros.stream().anyMatch(macro -> macro.startsWith(begun.name()));
    }

    private void next(CharSequence text, char character) {
        if (end != NONE) {
            if (character == '}') {
                brackets++;
                return;
            }
            endOfBrackets(text);
        }
        boolean wasOpening = opening;
        boolean wasEscaped = escaped;
        opening = false;
        escaped = !wasEscaped && character == '\\';
        if (wasOpening && NO_TAG.indexOf(character) >= 0 && first == read - 1) {
            first = NONE;
        }
        if (last != NONE) {
            inTag(character);
        }
        if (character == '{' && !wasEscaped) {
            if (first == NONE && !wasOpening) {
                first = read;
                opening = true;
            }
            last = read;
            escapedInTag = false;
        }
    }

    private void inTag(char character) {
        if (escapedInTag) {
            escapedInTag = false;
            return;
        }
        switch (character) {
            case '\\', '\n', '\r' -> escapedInTag = true;
            case '{' -> noTag();
            case '}' -> {
                end = read;
                brackets = 1;
            }
            default -> {}
        }
    }

    private void endOfBrackets(CharSequence text) {
        if (brackets % 2 == 0) {
            noTag();
        } else {
            tag(text);
        }
    }

    private void noTag() {
        first = NONE;
        last = NONE;
        end = NONE;
    }

    private void tag(CharSequence text) {
        Tag ending = Tag.read(text, last + 1, end);
        Integer ended = ending.arguments().isEmpty() ? outermost.get(ending.name()) : null;
        if (ended != null) {
            endMacro(ended);
        } else if (!isInBlock() && first != NONE) {
            Tag beginning = first == last ? ending : Tag.read(text, first + 1, end);
            if (beginning.isOne()) {
                outermost.putIfAbsent(beginning.name(), macros.size());
                macros.add(beginning.name());
            }
        }
        noTag();
    }

    private void endMacro(int index) {
        if (index < macros.size() - 1 && isInBlock()) {
            unclosed.add(new Unclosed(last, block()));
        }
        while (macros.size() > index) {
            String ended = macros.remove(macros.size() - 1);
            outermost.remove(ended, macros.size());
        }
    }

    /** @param arguments what stands behind the first colon */
    private record Tag(String name, String arguments) {

        static Tag read(CharSequence text, int start, int end) {
            StringBuilder read = new StringBuilder(Math.min(64, end - start));
            int colon = NONE;
            boolean escaped = false;
            for (int i = start; i < end; i++) {
                char character = text.charAt(i);
                if (!escaped && (character == '\\' || character == '\n' || character == '\r')) {
                    escaped = true;
                    continue;
                }
                colon = !escaped && character == ':' && colon == NONE ? read.length() : colon;
                read.append(character);
                escaped = false;
            }
            return colon == NONE
                    ? new Tag(read.toString(), "")
                    : new Tag(read.substring(0, colon), read.substring(colon + 1));
        }

        boolean isOne() {
            return !name.isBlank() && !name.startsWith("$");
        }
    }
}
