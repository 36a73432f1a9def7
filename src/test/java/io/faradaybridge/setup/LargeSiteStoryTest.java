package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** 5,000 projects, 1,000 fields, and a Jira that takes its time. */
@Tag("long")
class LargeSiteStoryTest {

    /** Long against whatever a busy machine adds, so that calls made at the same time overlap for sure. */
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private static final Duration AS_REAL = Duration.ofMillis(300);

    private BridgeWorld world;
    private Administrator administrator;

    @AfterEach
    void leave() {
        world.close();
    }

    @EachJira
    void costs_few_calls_one_after_the_other(Edition edition) {
        world = BridgeWorld.of(edition.options());
        administrator = Administrator.of(world);
        world.jira().addProjects(5_000);
        world.jira().addProjectWithFields("BIG", 1_000);
        administrator.put("projects/BIG", "{}");

        assertThat(rounds("available-projects?page=50&page_size=100")).isLessThanOrEqualTo(2);
        JsonNode page = administrator.get("available-projects?query=product&page=50&page_size=100");
        assertThat(page.path("projects")).hasSize(100);
        assertThat(page.path("count").asInt()).isEqualTo(5_000);
        assertThat(page.path("last").asBoolean()).isTrue();
        assertThat(administrator
                        .get("available-projects?query=p00017")
                        .at("/projects/0/configured")
                        .asBoolean(true))
                .isFalse();
        assertThat(rounds("projects/BIG/issue-types/Bug/fields"))
                .as("issue types, the first page of fields, all the other pages")
                .isLessThanOrEqualTo(3);
        JsonNode fields = administrator.get("projects/BIG/issue-types/Bug/fields");
        assertThat(fields.path("count").asInt()).isGreaterThan(1_000);
        assertThat(fields.path("fields").findValuesAsText("name")).contains("Detail 1", "Detail 1000");
        String config = "{'issue_type': 'Bug', 'fields': {'Detail 500': 'x', 'Assignee': 'Alex Smith'}}";
        assertThat(rounds(() -> administrator.put("projects/BIG/ticket-config", config)))
                .as("the same, and all people at once")
                .isLessThanOrEqualTo(4);
        tell(edition, "available-projects?query=shop");
        tell(edition, "projects/BIG/issue-types/Bug/fields");
        tell(edition, "projects/BIG/statuses");
    }

    private int rounds(String path) {
        return rounds(() -> administrator.get(path));
    }

    /** Calls in sequence: how many of Jira's answers had to be waited for. */
    private int rounds(Runnable request) {
        world.jira().faults().sometimes(1, "GET", ".*", Fault.latency(SLOW));
        world.jira().clearRequests();
        request.run();
        world.jira().faults().clear();
        return world.jira().rounds();
    }

    private void tell(Edition edition, String path) {
        world.jira().faults().sometimes(1, "GET", ".*", Fault.latency(AS_REAL));
        long started = System.nanoTime();
        administrator.get(path);
        System.out.println(edition + ", a Jira that answers in 300 ms: GET " + path + " takes "
                + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms");
        world.jira().faults().clear();
    }
}
