package io.faradaybridge.sandbox.jira;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Statuses, and the transitions that lead from one to another. */
record Workflow(List<Status> statuses, List<Transition> transitions) {

    /**
     * @param from ids of the statuses it is offered in
     * @param screen fields by id that may be sent with it
     */
    record Transition(String id, String name, List<String> from, Status to, Map<String, Field> screen) {}

    Status initial() {
        return statuses.get(0);
    }

    Status status(String id) {
        return statuses.stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    Optional<Status> named(String nameOrId) {
        return statuses.stream().filter(status -> status.is(nameOrId)).findFirst();
    }

    Stream<Transition> from(String statusId) {
        return transitions.stream().filter(transition -> transition.from().contains(statusId));
    }

    static Draft with(Status... statuses) {
        return new Draft(List.of(statuses));
    }

    /** A workflow in the making: transitions are listed in the order in which Jira will offer them. */
    static final class Draft {

        private final List<Status> statuses;
        private final List<Transition> transitions = new ArrayList<>();

        private Draft(List<Status> statuses) {
            this.statuses = statuses;
        }

        Draft from(Status from, String id, String name, Status to, Field... screen) {
            return from(List.of(from), id, name, to, screen);
        }

        Draft from(List<Status> from, String id, String name, Status to, Field... screen) {
            Map<String, Field> fields = new LinkedHashMap<>();
            for (Field field : screen) {
                fields.put(field.id(), field);
            }
            transitions.add(
                    new Transition(id, name, from.stream().map(Status::id).toList(), to, fields));
            return this;
        }

        Workflow done() {
            return new Workflow(statuses, List.copyOf(transitions));
        }
    }
}
