package io.faradaybridge.setup;

import java.util.List;

/**
 * How far a part of the set-up is.
 *
 * @param missing in words, with what to do; empty: it is ready
 */
record Part(boolean ready, List<String> missing) {

    static Part of(List<String> missing) {
        return new Part(missing.isEmpty(), List.copyOf(missing));
    }
}
