package io.faradaybridge.jinja2.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The variables of a template, macro or recursive loop that is running. */
final class Activation {

    /** A variable without a value. */
    static final Object MISSING = new Object();

    final @Nullable Activation parent;
    final Object[] slots;

    Activation(int size, @Nullable Activation parent) {
        this.parent = parent;
        this.slots = new Object[size];
        Arrays.fill(slots, MISSING);
    }

    public Object get(VariableRef reference) {
        return around(reference.hops()).slots[reference.slot()];
    }

    public void set(VariableRef reference, Object value) {
        around(reference.hops()).slots[reference.slot()] = value;
    }

    private Activation around(int hops) {
        Activation activation = this;
        for (int i = hops; i > 0; i--) {
            Activation next = activation.parent;
            if (next == null) {
                throw new IllegalStateException("a name leads outside of the template");
            }
            activation = next;
        }
        return activation;
    }
}
