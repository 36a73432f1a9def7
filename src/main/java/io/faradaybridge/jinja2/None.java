package io.faradaybridge.jinja2;

/** Python's {@code None}; null in the data. */
enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
