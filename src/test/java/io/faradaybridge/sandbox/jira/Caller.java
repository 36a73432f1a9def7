package io.faradaybridge.sandbox.jira;

import java.util.Optional;

/** Who sends a request; without a person, anonymous. */
record Caller(Optional<Person> person, String loginReason) {

    static Caller of(Person person) {
        return new Caller(Optional.of(person), "OK");
    }

    static Caller anonymous(String loginReason) {
        return new Caller(Optional.empty(), loginReason);
    }

    boolean isAnonymous() {
        return person.isEmpty();
    }

    /** @throws Refusal 401 in the shape of Jira's REST framework */
    Person required() {
        return person.orElseThrow(
                () -> Refusal.ofFramework(401, "Client must be authenticated to access this resource."));
    }
}
