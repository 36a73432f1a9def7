package io.faradaybridge.template.jinja;

/** Python's {@code None}; null in the data. */
enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
