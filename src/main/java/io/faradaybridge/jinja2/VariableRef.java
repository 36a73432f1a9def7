package io.faradaybridge.jinja2;

/** A place where a variable is read or written. */
final class VariableRef {

    private final String name;
    private int hops;
    private int slot = -1;

    VariableRef(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param hops activations outwards */
    void bind(int hops, int slot) {
        this.hops = hops;
        this.slot = slot;
    }

    int hops() {
        return hops;
    }

    int slot() {
        return slot;
    }
}
