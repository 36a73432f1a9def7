package io.faradaybridge.jinja2.text;

/** A text that grows: what it takes more is announced before. */
public final class TextBuilder {

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    public TextBuilder(Budget budget) {
        this.budget = budget;
    }

    public TextBuilder append(String part) {
        int length = text.length() + part.length();
        if (length > text.capacity()) {
            budget.text(2L * length); // as the text doubles when it grows
        }
        text.append(part);
        return this;
    }

    public TextBuilder append(char character) {
        return append(String.valueOf(character));
    }

    public int length() {
        return text.length();
    }

    @Override
    public String toString() {
        budget.text(text.length());
        return text.toString();
    }
}
