package io.faradaybridge.jinja2.runtime;

/** A place where a variable is read or written. */
public final class VariableRef {

    private final String name;
    private int hops;
    private int slot = -1;

    public VariableRef(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** @param hops activations outwards */
    public void bind(int hops, int slot) {
        this.hops = hops;
        this.slot = slot;
    }

    public int hops() {
        return hops;
    }

    public int slot() {
        return slot;
    }
}
