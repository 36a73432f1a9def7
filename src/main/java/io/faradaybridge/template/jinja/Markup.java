package io.faradaybridge.template.jinja;

/** A text that is safe HTML: what joins it is escaped first. */
record Markup(String text) {

    static String escape(String text) {
        int length = text.length();
        int first = 0;
        while (first < length && entity(text.charAt(first)) == null) {
            first++;
        }
        if (first == length) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(length + 16).append(text, 0, first);
        for (int i = first; i < length; i++) {
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
