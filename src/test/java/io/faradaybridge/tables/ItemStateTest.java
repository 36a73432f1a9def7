package io.faradaybridge.tables;

import static io.faradaybridge.tables.ItemState.LINKED;
import static io.faradaybridge.tables.ItemState.RESERVED;
import static io.faradaybridge.tables.ItemState.SENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.sandbox.FaradayDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The states of an export item: in the code, on the page of the protocol, in the database. */
class ItemStateTest {

    private static final JdbcClient rows =
            FaradayDatabase.shared().newBridgeDatabase().rows();

    @Test
    void the_states_and_their_transitions_are_those_of_the_protocols_diagram() throws IOException {
        String page = Files.readString(Path.of("docs/protocol.md"));
        String diagram = page.substring(page.indexOf("## The states of an export item"));
        diagram = diagram.substring(0, diagram.indexOf("```\n\n"));
        Set<String> drawn = Pattern.compile("^ +(\\S+) --> (\\S+):", Pattern.MULTILINE)
                .matcher(diagram)
                .results()
                .map(arrow -> (arrow.group(1) + " to " + arrow.group(2)).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> coded = Stream.concat(
                        ItemState.FIRST.stream().map(first -> "[*] to " + first.stored()),
                        Arrays.stream(ItemState.values()).flatMap(state -> state.next().stream()
                                .map(next -> state.stored() + " to " + next.stored())))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(coded).isEqualTo(drawn);
    }

    @Test
    void the_database_knows_exactly_these_states() {
        assertThat(quotedIn("""
            SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'export_item_state_check'""")).containsExactlyInAnyOrderElementsOf(stored(List.of(ItemState.values())));
    }

    @Test
    void and_keeps_one_item_a_vulnerability_in_the_active_ones() {
        assertThat(quotedIn("SELECT pg_get_indexdef('faraday_bridge.export_item_active'::regclass)"))
                .containsExactlyInAnyOrderElementsOf(stored(ItemState.ACTIVE));
        assertThat(quotedIn("SELECT pg_get_indexdef('faraday_bridge.export_item_due'::regclass)"))
                .containsExactlyInAnyOrderElementsOf(stored(ItemState.QUEUED));
    }

    @Test
    void a_statement_cannot_bring_an_item_where_it_may_not_go() {
        assertThatThrownBy(() -> LINKED.from(RESERVED))
                .hasMessageContaining("from 'reserved'")
                .hasMessageContaining("not to 'linked'");
    }

    @Test
    void a_statement_says_from_which_states_to_which() {
        assertThat(RESERVED.from(RESERVED, SENDING).in("SET state = {to} WHERE state IN {from}"))
                .isEqualTo("SET state = 'reserved' WHERE state IN ('reserved', 'sending')");
    }

    @Test
    void no_statement_writes_a_state_in_another_way() throws IOException {
        Pattern written = Pattern.compile("\\bSET\\s[^;]*?(?<![.\\w])state = ['{:][^,\\s]*");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> writes = sources.filter(file -> file.toString().endsWith(".java"))
                    .map(ItemStateTest::read)
                    .filter(source -> source.contains("faraday_bridge.export_item"))
                    .flatMap(source -> Pattern.compile(
                                    "UPDATE faraday_bridge\\.export_item.*?(WHERE|\"\"\")", Pattern.DOTALL)
                            .matcher(source)
                            .results()
                            .map(MatchResult::group))
                    .flatMap(update -> written.matcher(update).results().map(MatchResult::group))
                    .toList();
            assertThat(writes).hasSizeGreaterThan(8).allMatch(write -> write.endsWith("state = {to}"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> quotedIn(String definition) {
        return Pattern.compile("'([a-z-]+)'")
                .matcher(rows.sql(definition).query(String.class).single())
                .results()
                .map(state -> state.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> stored(Collection<ItemState> states) {
        return states.stream().map(ItemState::stored).toList();
    }
}
