package io.faradaybridge.jinja2.values;

/** Python's {@code None}; null in the data. */
public enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
