package io.faradaybridge.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Jira makes of a text, by the rules of its macro tags: which parts stay markup, what stands in blocks, which
 * macros are called. Reads a macro's body again for itself, as Jira does.
 */
public final class JiraMarkup {

    private static final Set<String> VERBATIM = Set.of("noformat", "code");

    /** What is not in a block, in pieces between tags. */
    private final List<String> live = new ArrayList<>();

    private final List<String> blocks = new ArrayList<>();
    private final List<String> macros = new ArrayList<>();

    private record Tag(String name, String arguments, int after) {}

    public static JiraMarkup of(String text) {
        JiraMarkup markup = new JiraMarkup();
        markup.read(text, 0);
        return markup;
    }

    /** What stands in the blocks. */
    public List<String> blocks() {
        return blocks;
    }

    /** Mentions, links, images and the macro {@code evil}, none of which a template of these tests has by itself. */
    public List<String> effects() {
        List<String> effects = new ArrayList<>();
        macros.stream().filter(macro -> macro.strip().startsWith("evil")).forEach(effects::add);
        for (String piece : live) {
            for (int at = 0; at < piece.length(); at++) {
                if (piece.charAt(at) == '\\') {
                    at++;
                } else if ("[!".indexOf(piece.charAt(at)) >= 0) {
                    effects.add(piece.substring(at, Math.min(piece.length(), at + 20)));
                }
            }
        }
        return effects;
    }

    private void read(String text, int depth) {
        if (depth > 50) {
            throw new IllegalStateException("nested too deeply: " + text);
        }
        StringBuilder piece = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            char following = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            boolean pair = character == '\\' || (character == '{' && "{*?^_-+~".indexOf(following) >= 0);
            if (pair) {
                piece.append(text, at, Math.min(text.length(), at + 2));
                at += 2;
                continue;
            }
            Tag tag = character == '{' ? tag(text, at) : null;
            if (tag == null) {
                piece.append(character);
                at++;
                continue;
            }
            live.add(piece.toString());
            piece.setLength(0);
            macros.add(tag.name() + ":" + tag.arguments());
            int end = endTag(text, tag);
            if (end < 0) {
                at = tag.after();
                continue;
            }
            String body = text.substring(tag.after(), end);
            if (VERBATIM.contains(tag.name().toLowerCase(Locale.ROOT))) {
                blocks.add(body);
            } else {
                read(body, depth + 1);
            }
            Tag ending = tag(text, end);
            at = ending == null ? text.length() : ending.after();
        }
        live.add(piece.toString());
    }

    private static int endTag(String text, Tag start) {
        for (int at = start.after(); at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '{') {
                Tag tag = tag(text, at);
                if (tag != null
                        && tag.name().equals(start.name())
                        && tag.arguments().isEmpty()) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static @Nullable Tag tag(String text, int start) {
        StringBuilder name = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        StringBuilder part = name;
        for (int at = start + 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if ("\\\n\r".indexOf(character) >= 0) {
                at++;
                part.append(at < text.length() ? text.substring(at, at + 1) : "");
            } else if (character == '{') {
                return null;
            } else if (character == '}') {
                int after = at;
                while (after < text.length() && text.charAt(after) == '}') {
                    after++;
                }
                boolean none = after < text.length() && (after - at) % 2 == 0;
                return none || name.toString().isBlank() || name.charAt(0) == '$'
                        ? null
                        : new Tag(name.toString(), arguments.toString(), at + 1);
            } else if (character == ':' && part == name) {
                part = arguments;
            } else {
                part.append(character);
            }
        }
        return null;
    }
}
