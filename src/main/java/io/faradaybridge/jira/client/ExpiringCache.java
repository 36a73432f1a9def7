package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps answers of Jira for some minutes. A second caller waits for a running call instead of making its own. */
final class ExpiringCache<K, V> {

    private record Entry<V>(CompletableFuture<V> value, Instant until) {}

    private final Duration validity;
    private final Clock clock;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

    ExpiringCache(Duration validity, Clock clock) {
        this.validity = validity;
        this.clock = clock;
    }

    /** @throws JiraFailure if the call fails; a failure is not kept */
    V get(K key, Supplier<V> question) {
        Instant now = clock.instant();
        Entry<V> mine = new Entry<>(new CompletableFuture<>(), now.plus(validity));
        Entry<V> valid =
                entries.compute(key, (k, old) -> old == null || old.until().isBefore(now) ? mine : old);
        if (valid.value() == mine.value()) {
            ask(key, question, mine);
        }
        try {
            return valid.value().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JiraFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void ask(K key, Supplier<V> question, Entry<V> mine) {
        try {
            mine.value().complete(question.get());
        } catch (RuntimeException e) {
            entries.remove(key, mine);
            mine.value().completeExceptionally(e);
        }
        Instant now = clock.instant();
        entries.values().removeIf(entry -> entry.until().isBefore(now));
    }

    /** The kept answer, without a call. */
    Optional<V> peek(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null
                        || entry.until().isBefore(clock.instant())
                        || !entry.value().isDone()
                ? Optional.empty()
                : Optional.ofNullable(entry.value().getNow(null));
    }

    /** Asks again unless the answer was read just now. @return whether the answer has changed */
    boolean renew(K key, Supplier<V> question) {
        Optional<V> before = peek(key);
        entries.remove(key);
        V now = get(key, question);
        return before.isPresent() && !before.get().equals(now);
    }

    void put(K key, V value) {
        entries.put(
                key,
                new Entry<>(
                        CompletableFuture.completedFuture(value),
                        clock.instant().plus(validity)));
    }

    void forget(K key) {
        entries.remove(key);
    }
}
