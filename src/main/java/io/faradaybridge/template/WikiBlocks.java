package io.faradaybridge.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which block ({@code noformat}, {@code code}) of a text is open, counted as Jira counts: a backslash takes its meaning
 * from the next character; within a tag it is skipped, a line end too, and what follows is part of the tag whatever it
 * is; a tag before an even number of closing brackets is none; a macro's body reaches to the first end tag that is
 * spelt as its start, whatever stands between. Reads each character once, as the text grows.
 */
public final class WikiBlocks {

    private static final Set<String> VERBATIM = Set.of("noformat", "code");
    /** Behind a bracket they are marks of their own, such as <code>{*}</code>, and begin no tag. */
    private static final String NO_TAG = "{*?^_-+~";

    private static final int NONE = -1;

    /** The macros whose body the text is in, the outermost first; a block can only be the last. */
    private final List<String> macros = new ArrayList<>();

    private final Map<String, Integer> outermost = new HashMap<>();

    private int read;
    private boolean escaped;
    /** The bracket before it cannot begin a tag if a certain character follows. */
    private boolean opening;
    /** Where a tag that is not complete begins, for whom no macro is open; {@link #NONE}: nowhere. */
    private int first = NONE;
    /** The last bracket of it: a line end makes brackets part of the first tag, but an end tag is looked for anew. */
    private int last = NONE;

    private boolean escapedInTag;
    /** Where the tag ends, if the number of closing brackets is odd. */
    private int end = NONE;

    private int brackets;

    /** Where a block was open when the macro around it ended, and its end tag has to be put in. */
    private record Unclosed(int place, String name) {}

    private final List<Unclosed> unclosed = new ArrayList<>();

    /** The name of the block that is open at the end of a text, as its end tag has to spell it; empty: none. */
    public static String open(CharSequence text) {
        return read(text).block();
    }

    /** The text, with an end tag for each block that has none: to Jira a block without one is no block. */
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
            blocks.tag(text); // at the very end, Jira does not mind how many brackets there are
        }
        return blocks;
    }

    /** @param text the one of before, and more */
    void readOn(CharSequence text) {
        for (; read < text.length(); read++) {
            next(text, text.charAt(read));
        }
    }

    /** Something follows that does not begin with a closing bracket. */
    void noBracketFollows(CharSequence text) {
        if (end != NONE) {
            endOfBrackets(text);
        }
    }

    /** As its end tag has to spell it; empty: none is open. */
    String block() {
        String innermost = macros.isEmpty() ? "" : macros.get(macros.size() - 1);
        return VERBATIM.contains(innermost.toLowerCase(Locale.ROOT)) ? innermost : "";
    }

    boolean isInBlock() {
        return !block().isEmpty();
    }

    /** The text ends within a tag that may become the end tag of an open macro, depending on what follows. */
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
