package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Removes the characters that XML 1.0 forbids: control characters, single surrogates, U+FFFE and U+FFFF. Jira writes
 * its texts as XML for exports and feeds, and refuses an issue with such a character or fails on it later.
 */
public final class XmlText {

    private XmlText() {}

    /** Returns the same object if nothing must be removed. */
    public static String of(String text) {
        int first = unknown(text, 0);
        if (first == text.length()) {
            return text;
        }
        StringBuilder known = new StringBuilder(text.length());
        int copied = 0;
        for (int at = first; at < text.length(); at = unknown(text, at + 1)) {
            known.append(text, copied, at);
            copied = at + 1;
        }
        return known.append(text, copied, text.length()).toString();
    }

    /** Removes them from every name and text; returns the same object if nothing must be removed. */
    public static JsonNode of(JsonNode json) {
        if (json.isTextual()) {
            String known = of(json.textValue());
            return known.equals(json.textValue()) ? json : TextNode.valueOf(known);
        }
        if (json.isObject()) {
            ObjectNode known = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> known.set(of(field.getKey()), of(field.getValue())));
            return known.equals(json) ? json : known;
        }
        if (json.isArray()) {
            ArrayNode known = JsonNodeFactory.instance.arrayNode(json.size());
            json.forEach(element -> known.add(of(element)));
            return known.equals(json) ? json : known;
        }
        return json;
    }

    private static int unknown(String text, int from) {
        int at = from;
        while (at < text.length() && isKnown(text, at)) {
            at += Character.isHighSurrogate(text.charAt(at)) ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static boolean isKnown(String text, int at) {
        char character = text.charAt(at);
        if (Character.isHighSurrogate(character)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        return character >= ' '
                ? !Character.isLowSurrogate(character) && character < '\uFFFE'
                : character == '\n' || character == '\t' || character == '\r';
    }
}
