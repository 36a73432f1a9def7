package io.faradaybridge.setup;

import java.util.List;

/**
 * How far a part of the set-up is.
 *
 * @param missing in words, with what to do; empty: it is ready
 */
record Readiness(boolean ready, List<String> missing) {

    static Readiness of(List<String> missing) {
        return new Readiness(missing.isEmpty(), List.copyOf(missing));
    }
}
