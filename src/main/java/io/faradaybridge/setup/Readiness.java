package io.faradaybridge.setup;

import java.util.List;

/**
 * Whether a part of the set-up is ready.
 *
 * @param missing what is missing, with what to do; empty if it is ready
 */
record Readiness(boolean ready, List<String> missing) {

    static Readiness of(List<String> missing) {
        return new Readiness(missing.isEmpty(), List.copyOf(missing));
    }
}
