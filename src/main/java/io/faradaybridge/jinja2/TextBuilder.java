package io.faradaybridge.jinja2;

/** A text that grows: what it takes more is announced before. */
final class TextBuilder {

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    TextBuilder(Budget budget) {
        this.budget = budget;
    }

    TextBuilder append(String part) {
        int length = text.length() + part.length();
        if (length > text.capacity()) {
            budget.text(2L * length); // as the text doubles when it grows
        }
        text.append(part);
        return this;
    }

    TextBuilder append(char character) {
        return append(String.valueOf(character));
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        budget.text(text.length());
        return text.toString();
    }
}
