package io.faradaybridge.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an action does, and what it leaves as it is, in words with numbers. */
public final class InboxEffects {

    /** @param text a sentence without its subject, such as {@code sent to vuln-status again} */
    public record Effect(String text, long count) {}

    private final Map<String, Long> done = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();

    public InboxEffects does(String what, long count) {
        return add(done, what, count);
    }

    /** @param why the cause that has to be removed first */
    public InboxEffects leaves(String why, long count) {
        return add(left, why, count);
    }

    private InboxEffects add(Map<String, Long> effects, String text, long count) {
        if (count > 0) {
            effects.merge(text, count, Long::sum);
        }
        return this;
    }

    void add(InboxEffects more) {
        more.done.forEach(this::does);
        more.left.forEach(this::leaves);
    }

    /** The number of rows that something is done about. */
    long count() {
        return done.values().stream().mapToLong(Long::longValue).sum();
    }

    List<Effect> done() {
        return listed(done);
    }

    List<Effect> left() {
        return listed(left);
    }

    private static List<Effect> listed(Map<String, Long> effects) {
        return effects.entrySet().stream()
                .map(effect -> new Effect(effect.getKey(), effect.getValue()))
                .toList();
    }
}
