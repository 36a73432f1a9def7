package io.faradaybridge.export.follow;

import io.faradaybridge.activity.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One link on its way: what becomes of what its issue follows, and what the activity gets. */
record FollowTurn(FollowedLink link, Map<String, FollowedField> fields, List<Event> events) {

    record Event(Outcome outcome, String detail) {}

    static FollowTurn of(FollowedLink link) {
        return new FollowTurn(link, new LinkedHashMap<>(link.fields()), new ArrayList<>());
    }

    void say(Outcome outcome, String detail) {
        events.add(new Event(outcome, detail));
    }
}
