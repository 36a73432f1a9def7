package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.PassedTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jira has created the issues of a chunk; their links are saved. */
class ExportLinkingStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private boolean linked(List<Integer> vulnerabilities) {
        return vulnerabilities.stream()
                .noneMatch(vulnerability -> world.issueKey(vulnerability).isEmpty());
    }

    @Test
    void the_issues_of_one_call_are_linked_in_one_transaction() {
        List<Integer> vulnerabilities = world.vulnerabilities(20);

        world.export(vulnerabilities, "SEC");

        await().until(() -> linked(vulnerabilities));
        assertThat(world.rows()
                        .sql(
                                "SELECT count(DISTINCT created_at) FROM faraday_bridge.issue_link WHERE vulnerability_id IN (:ids)")
                        .param("ids", vulnerabilities)
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(vulnerabilities).allSatisfy(vulnerability -> assertThat(world.outcomes(vulnerability))
                .containsExactly("exported"));
    }

    @Test
    void a_vulnerability_that_cannot_be_saved_does_not_keep_the_others_from_their_issues() {
        List<Integer> vulnerabilities = world.vulnerabilities(3);
        List<Integer> others = List.of(vulnerabilities.get(0), vulnerabilities.get(2));
        int refused = vulnerabilities.get(1);
        int issues = world.jira().issues().size();
        world.rows().sql("""
            CREATE FUNCTION refuse_issue() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION 'a rule of the customer refuses it'; END $$;
            CREATE TRIGGER refuse_issue BEFORE UPDATE OF issuetracker ON vulnerability
                FOR EACH ROW WHEN (NEW.id = %d) EXECUTE FUNCTION refuse_issue()
            """.formatted(refused)).update();
        try {
            world.export(vulnerabilities, "SEC");

            await().until(() -> linked(others));
            await().until(() -> world.rows()
                            .sql(
                                    "SELECT attempts FROM faraday_bridge.export_item WHERE vulnerability_id = ? AND issue_id IS NOT NULL")
                            .param(refused)
                            .query(Integer.class)
                            .single()
                    == 1);
            assertThat(world.issueKey(refused)).isEmpty();
        } finally {
            world.rows().sql("DROP FUNCTION refuse_issue() CASCADE").update();
        }
        PassedTime.minutes(world.rows(), Duration.ZERO);

        await().until(() -> linked(vulnerabilities));
        assertThat(world.jira().issues()).hasSize(issues + 3);
        assertThat(world.outcomes(refused)).containsExactly("exported");
    }
}
