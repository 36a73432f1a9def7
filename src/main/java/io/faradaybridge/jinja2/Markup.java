package io.faradaybridge.jinja2;

/** A text that is safe HTML: what joins it is escaped first. */
record Markup(String text) {

    static int escapedLength(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            length += entity == null ? 0 : entity.length() - 1;
        }
        return length;
    }

    static String escape(String text) {
        int length = escapedLength(text);
        if (length == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(length);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            String entity = entity(character);
            if (entity == null) {
                escaped.append(character);
            } else {
                escaped.append(entity);
            }
        }
        return escaped.toString();
    }

    private static @org.jspecify.annotations.Nullable String entity(char character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '>' -> "&gt;";
            case '<' -> "&lt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
