package io.faradaybridge.sandbox.jira;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everyone with an account. */
final class People {

    private final Map<String, Person> byName = new ConcurrentHashMap<>();

    People() {
        add(new Person("jdoe", "Jane Doe", "jdoe@example.com"));
        add(new Person("asmith", "Alex Smith", "asmith@example.com"));
    }

    /** The person of that name, with a new account if there is none yet. */
    Person named(String name) {
        return byName.computeIfAbsent(name, unknown -> new Person(unknown, unknown, unknown + "@example.com"));
    }

    private void add(Person person) {
        byName.put(person.name(), person);
    }

    Optional<Person> withName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Person> withAccountId(String accountId) {
        return byName.values().stream()
                .filter(person -> person.accountId().equals(accountId))
                .findFirst();
    }

    List<Person> matching(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return byName.values().stream()
                .filter(person -> (person.name() + " " + person.displayName() + " " + person.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }
}
