package io.faradaybridge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.FaradayDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What two replicas store about one project while Jira gives it another key. */
class KnownProjectsTest {

    private static final String SITE = "https://jira.example";
    private static final JdbcClient rows =
            FaradayDatabase.shared().newBridgeDatabase().rows();

    private final KnownProjects known = new KnownProjects(rows);

    @BeforeEach
    void nothingIsKnown() {
        rows.sql("DELETE FROM faraday_bridge.jira_project").update();
    }

    @Test
    void an_older_answer_of_jira_does_not_put_back_the_key_that_a_rename_replaced() {
        known.learn(SITE, "10000", "SEC");
        List<KnownProjects.Known> before = known.all(SITE);
        assertThat(known.rename(SITE, "10000", "SEC", "SAFE")).isTrue();

        known.learn(SITE, "10000", "SEC", before);

        assertThat(known.all(SITE)).containsExactly(new KnownProjects.Known("10000", "SAFE", List.of("SEC")));
        assertThat(known.rename(SITE, "10000", "SEC", "SAFE")).as("once").isFalse();
    }

    @Test
    void nor_where_the_project_was_not_known_before() {
        List<KnownProjects.Known> before = known.all(SITE);
        known.learn(SITE, "10000", "SEC", before);
        assertThat(known.rename(SITE, "10000", "SEC", "SAFE")).isTrue();

        known.learn(SITE, "10000", "SEC", before);

        assertThat(known.all(SITE)).containsExactly(new KnownProjects.Known("10000", "SAFE", List.of("SEC")));
    }

    @Test
    void an_answer_to_a_question_after_the_last_change_is_stored() {
        known.learn(SITE, "10000", "SEC");
        known.learn(SITE, "10001", "WEB");

        known.learn(SITE, "10000", "WEB", known.all(SITE));

        assertThat(known.all(SITE))
                .as("the other project with that key has another one now")
                .containsExactly(new KnownProjects.Known("10000", "WEB", List.of()));
    }
}
