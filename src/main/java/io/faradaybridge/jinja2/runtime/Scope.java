package io.faradaybridge.jinja2.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a part of the template: the places for them, and what fills these when the part is entered. Known
 * only once the whole template is read.
 */
public final class Scope {

    private List<Fill> fills = List.of();
    private int slots;

    /**
     * A variable that has a value from the beginning, or is known to have none.
     *
     * @param data the name in the data of what it is
     * @param outer the variable of the part around that it is a copy of
     */
    public record Fill(
            int slot, @Nullable String data, @Nullable VariableRef outer) {}

    /** @param slots of all parts that share an {@link Activation} */
    public void decide(List<Fill> filled, int slots) {
        this.fills = List.copyOf(filled);
        this.slots = slots;
    }

    List<Fill> fills() {
        return fills;
    }

    public int slots() {
        return slots;
    }
}
