package io.faradaybridge.export.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order in which a replica looks at links; the table is a list of ids here. */
class FollowSearchTest {

    private static final int PART = 100;

    private final Table table = new Table();
    private long now;
    private final FollowSearch search = new FollowSearch(table, () -> now);

    private static final class Table extends FollowedRows {

        private List<Long> links = List.of();
        private List<Long> due = List.of();
        private List<Long> named = List.of();

        Table() {
            super(null);
        }

        @Override
        List<Long> named(int most) {
            return named.stream().limit(most).toList();
        }

        @Override
        Part after(long id, int size, Map<String, String> versions) {
            List<Long> part =
                    links.stream().filter(link -> link > id).limit(size).toList();
            return new Part(
                    part.isEmpty() ? 0 : part.get(part.size() - 1),
                    part.size(),
                    part.stream().filter(due::contains).toList());
        }
    }

    /** The first turn of a process reads the most that a turn may. */
    @BeforeEach
    void firstTurn() {
        search.next(Map.of(), 50);
    }

    private List<Long> next(int most) {
        now += Duration.ofMillis(50).toNanos(); // a part of the least size at each turn
        return new ArrayList<>(search.next(Map.of(), most));
    }

    private static List<Long> ids(int from, int to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void it_goes_on_behind_its_last_part_and_begins_again_at_the_end() {
        table.links = ids(1, PART + 50);
        table.due = List.of(3L, PART + 7L);

        assertThat(next(50)).containsExactly(3L);
        assertThat(next(50)).containsExactly(PART + 7L);
        assertThat(next(50)).containsExactly(3L);
    }

    @Test
    void those_that_messages_named_come_first() {
        table.links = ids(1, 50);
        table.due = List.of(3L);
        table.named = List.of(700L, 3L);

        assertThat(next(50)).containsExactly(700L, 3L);
    }

    @Test
    void what_one_turn_cannot_take_is_where_the_next_one_begins() {
        table.links = ids(1, 50);
        table.due = ids(11, 15);

        assertThat(next(2)).containsExactly(11L, 12L);
        assertThat(next(2)).containsExactly(13L, 14L);
        assertThat(next(2)).containsExactly(15L);
        assertThat(next(2)).containsExactly(11L, 12L);
    }

    @Test
    void named_links_that_fill_a_turn_do_not_let_it_lose_its_place() {
        table.links = ids(1, 50);
        table.due = List.of(20L);
        table.named = List.of(700L, 701L);

        assertThat(next(2)).containsExactly(700L, 701L);
        table.named = List.of();
        assertThat(next(2)).containsExactly(20L);
    }
}
