package io.faradaybridge.export.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.export.rules.RuleTerms.Terms;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the rules see in which turn, beside more vulnerabilities than one turn reads. */
class RuleSearchTest {

    private static final int ALL = 40_000;
    private static final int FIRST = SampleVulnerabilities.FIRST_OF_MANY;

    /** Matches vulnerabilities from the future, which this test makes. */
    private static final String RULES = """
            [{"project": "SEC", "version": "1", "workspaces": [1], "created_after": "2100-01-01T00:00",
              "severities": ["critical", "high", "medium", "low", "informational", "unclassified"]}]""";

    private static DataSource database;
    private static JdbcClient rows;
    private RuleSearch search;
    private long millis;

    @BeforeAll
    static void grow() {
        database = FaradayDatabase.shared().newBridgeDatabase().dataSource();
        SampleVulnerabilities.insertMany(database, ALL, ALL / 100);
        rows = JdbcClient.create(database);
    }

    @BeforeEach
    void calm() {
        rows.sql("DROP INDEX IF EXISTS vulnerability_export_rule").update();
        rows.sql("UPDATE vulnerability SET create_date = now() WHERE create_date > now()")
                .update();
        millis = 0;
        search = new RuleSearch(
                new RuleMatching(rows), () -> Duration.ofMillis(millis).toNanos());
        assertThat(turns(10)).isEmpty();
        millis += Duration.ofMinutes(2).toMillis();
        assertThat(turn()).isEmpty();
    }

    private static void match(int id) {
        rows.sql("UPDATE vulnerability SET create_date = '2100-01-02', confirmed = true, status = 'open',"
                        + " issuetracker = '' WHERE id = ?")
                .param(id)
                .update();
    }

    private static int add(int id) {
        rows.sql(
                        "INSERT INTO vulnerability SELECT (jsonb_populate_record(NULL::vulnerability, to_jsonb(v) || jsonb_build_object("
                                + "'id', :id, 'name', 'New ' || :id, 'issuetracker', ''))).* FROM vulnerability v WHERE id = :like")
                .param("id", id)
                .param("like", FIRST + 1)
                .update();
        match(id);
        return id;
    }

    private static int highest() {
        return rows.sql("SELECT max(id) FROM vulnerability")
                .query(Integer.class)
                .single();
    }

    /** Two seconds later. */
    private Set<Integer> turn(Integer... named) {
        millis += 2000;
        Map<Integer, String> found = search.next(Terms.of(BridgeWorld.json(RULES)), List.of(named));
        assertThat(found.values()).containsOnly(found.isEmpty() ? new String[0] : new String[] {"SEC"});
        return found.keySet();
    }

    private Set<Integer> turns(int count) {
        Set<Integer> found = new TreeSet<>();
        for (int turn = 0; turn < count; turn++) {
            found.addAll(turn());
        }
        return found;
    }

    @Test
    void a_new_vulnerability_is_found_in_the_next_turn_and_again_as_long_as_it_matches() {
        int id = add(highest() + 1);

        assertThat(turn()).containsExactly(id);
        assertThat(turn()).containsExactly(id);
    }

    @Test
    void one_whose_transaction_ends_after_a_later_ones_is_found_at_once_too() {
        int later = add(highest() + 2);
        assertThat(turn()).containsExactly(later);

        int earlier = add(later - 1);
        assertThat(turn()).contains(earlier);
    }

    @Test
    void one_that_a_message_names_is_found_in_the_next_turn_wherever_it_is() {
        for (int id : new int[] {FIRST + 3, FIRST + ALL / 2 + 1, FIRST + ALL - 9}) {
            match(id);
            assertThat(turn(id)).contains(id);
        }
    }

    @Test
    void a_silent_change_anywhere_is_found_in_one_round_and_each_time_again() {
        List<Integer> changed = List.of(FIRST + 1, FIRST + ALL / 2 + 1, FIRST + ALL / 3 + 1);
        changed.forEach(RuleSearchTest::match);
        int turns = ALL / 18_000 + 1;

        assertThat(turns(turns)).containsAll(changed);
        assertThat(turns(turns)).as("what was found and not reserved").containsAll(changed);
    }

    @Test
    void a_turn_reads_a_part_only_until_the_index_of_the_documents_is_there() throws IOException {
        int first = -1;
        for (int id = FIRST + 1; id < FIRST + ALL && first < 0; id += 2_000) {
            match(id);
            if (!turn().contains(id)) {
                first = id;
            }
        }
        assertThat(first).as("one that the part did not contain").isPositive();

        rows.sql(Files.readString(Path.of("docs/export-rule-index.sql"))).update();

        for (int id : new int[] {FIRST + 5, FIRST + ALL / 2 + 5, FIRST + ALL - 5}) {
            match(id);
            assertThat(turn()).contains(id);
        }
    }
}
