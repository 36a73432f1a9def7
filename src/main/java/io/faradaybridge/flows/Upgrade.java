package io.faradaybridge.flows;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What an upgrade has changed in a shipped file, beside the copy of an operator. */
final class Upgrade {

    private Upgrade() {}

    /** Whether the copy has one of the lines that were added, or lacks one of those that were removed. */
    static boolean isTakenOver(String before, String now, String copy) {
        Set<String> old = lines(before);
        Set<String> present = lines(now);
        Set<String> own = lines(copy);
        Collection<String> added = without(present, old);
        return added.isEmpty() ? !own.containsAll(without(old, present)) : !Collections.disjoint(own, added);
    }

    private static Set<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> without(Set<String> lines, Set<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).collect(Collectors.toSet());
    }
}
