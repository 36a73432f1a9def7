package io.faradaybridge.inbox;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxEffects.Effect;
import io.faradaybridge.inbox.InboxRows.Choice;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * The lists, and actions on many of their rows. An action takes the rows that are there when it begins, in turns of one
 * transaction each, and leaves the rest to another call when its time is over.
 */
@Component
class Inbox {

    private static final int TURN = 200;
    private static final long LONGEST_NANOS = Duration.ofSeconds(20).toNanos();

    private final Map<InboxKind, InboxList> lists = new EnumMap<>(InboxKind.class);
    private final InboxRows rows;
    private final FaradayUsers users;

    Inbox(List<InboxList> lists, InboxRows rows, FaradayUsers users) {
        lists.forEach(list -> this.lists.put(list.kind(), list));
        this.rows = rows;
        this.users = users;
    }

    /** @throws IllegalStateException if no package owns the list */
    InboxList list(InboxKind kind) {
        InboxList list = lists.get(kind);
        if (list == null) {
            throw new IllegalStateException("No package has the list " + kind + " of the inbox");
        }
        return list;
    }

    /**
     * @param confirmed whether it was done; otherwise this is what would be
     * @param count the number of rows that it does something about: to confirm it, send this number
     * @param does what is done, {@code left} what stays as it is and why
     * @param remaining the number of rows that this call had no time for: repeat it
     */
    record Report(
            boolean confirmed, long count, List<Effect> does, List<Effect> left, long remaining, String message) {}

    /** @param confirm the number of a report; null to get a report and do nothing */
    Report act(InboxKind kind, InboxAction action, Choice choice, @Nullable Long confirm, FaradayUser user) {
        InboxList list = list(kind);
        List<Long> ids = rows.ids(list, choice, users.reach(user.id()));
        InboxEffects planned = new InboxEffects();
        for (int from = 0; from < ids.size(); from += TURN) {
            planned.add(list.act(action, turn(ids, from), user, false));
        }
        if (confirm == null || confirm != planned.count()) {
            return new Report(false, planned.count(), planned.done(), planned.left(), 0, ask(planned, confirm));
        }
        return carryOut(list, action, ids, user);
    }

    private static String ask(InboxEffects planned, @Nullable Long confirm) {
        return "nothing was done: " + planned.count() + " would be dealt with"
                + (confirm == null ? "" : " now, not " + confirm) + ". Send \"confirm\": " + planned.count()
                + " to do it";
    }

    private static Report carryOut(InboxList list, InboxAction action, List<Long> ids, FaradayUser user) {
        InboxEffects effects = new InboxEffects();
        long started = System.nanoTime();
        String stopped = "";
        int from = 0;
        while (from < ids.size() && stopped.isEmpty()) {
            try {
                effects.add(list.act(action, turn(ids, from), user, true));
                from += TURN;
                stopped = System.nanoTime() - started > LONGEST_NANOS ? "repeat the call for the rest" : "";
            } catch (ResponseStatusException failure) {
                if (from == 0) {
                    throw failure;
                }
                stopped = Objects.toString(failure.getReason(), "the next part failed");
            }
        }
        long remaining = Math.max(0, ids.size() - from);
        String message =
                effects.count() + " dealt with" + (remaining == 0 ? "" : ", " + remaining + " remain: " + stopped);
        return new Report(true, effects.count(), effects.done(), effects.left(), remaining, message);
    }

    private static List<Long> turn(List<Long> ids, int from) {
        return ids.subList(from, Math.min(from + TURN, ids.size()));
    }

    /** The lists in their order. */
    List<InboxList> all() {
        return Arrays.stream(InboxKind.values()).map(this::list).toList();
    }
}
