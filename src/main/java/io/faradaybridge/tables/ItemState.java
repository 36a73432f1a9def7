package io.faradaybridge.tables;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of a row of {@code export_item} and their transitions; {@code docs/protocol.md} has the diagram. */
public enum ItemState {
    RESERVED,
    SENDING,
    UNKNOWN,
    LINKED,
    HELD,
    REFUSED,
    GIVEN_UP,
    UNLINKED;

    /** The states in which an item begins. */
    static final Set<ItemState> FIRST = EnumSet.of(RESERVED, HELD, REFUSED);

    /** The states that an item leaves without a user. */
    public static final Set<ItemState> QUEUED = EnumSet.of(RESERVED, SENDING);

    /** The states of a running export, or of one that a user must resolve. */
    static final Set<ItemState> OPEN = EnumSet.of(RESERVED, SENDING, UNKNOWN);

    /** A vulnerability has one item in these states at most (E1). */
    static final Set<ItemState> ACTIVE = EnumSet.of(RESERVED, SENDING, UNKNOWN, LINKED);

    private static final Map<ItemState, Set<ItemState>> NEXT = Map.of(
            RESERVED, EnumSet.of(SENDING, REFUSED, UNKNOWN),
            SENDING, EnumSet.of(LINKED, RESERVED, REFUSED, UNKNOWN),
            UNKNOWN, EnumSet.of(SENDING, RESERVED, GIVEN_UP),
            LINKED, EnumSet.of(UNLINKED),
            REFUSED, EnumSet.of(SENDING),
            GIVEN_UP, EnumSet.of(SENDING));

    /**
     * Clauses for statements on {@code export_item i}: the lists of states, and the condition that an item is due and
     * not leased.
     */
    public static final SqlClauses SQL = new SqlClauses()
            .with("queued", list(QUEUED))
            .with("open", list(OPEN))
            .with("active", list(ACTIVE))
            .with("free", """
                (i.lease_token IS NULL OR i.lease_until < clock_timestamp())
                 AND (i.retry_at IS NULL OR i.retry_at <= clock_timestamp())""");

    /** The name in the table and the API. */
    @JsonValue
    public String stored() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The states that may follow. */
    public Set<ItemState> next() {
        return NEXT.getOrDefault(this, Set.of());
    }

    public static ItemState of(String stored) {
        return Arrays.stream(values())
                .filter(state -> state.stored().equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an export item has no state '" + stored + "'"));
    }

    /**
     * For a statement that brings items to this state: {@code SET state = {to} .. WHERE state IN {from}}. An item may stay in the
     * state that it has.
     *
     * @throws IllegalArgumentException if this transition is not allowed
     */
    public SqlClauses from(ItemState... before) {
        List<ItemState> states = List.of(before);
        states.stream()
                .filter(state -> state != this && !state.next().contains(this))
                .findFirst()
                .ifPresent(state -> {
                    throw new IllegalArgumentException("an export item goes from '" + state.stored() + "' to "
                            + state.next().stream().map(ItemState::stored).toList() + ", not to '" + stored() + "'");
                });
        return SQL.with("to", "'" + stored() + "'").with("from", list(states));
    }

    private static String list(Collection<ItemState> states) {
        return states.stream().map(state -> "'" + state.stored() + "'").collect(Collectors.joining(", ", "(", ")"));
    }
}
