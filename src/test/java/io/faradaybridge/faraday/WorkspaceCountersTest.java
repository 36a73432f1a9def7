package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkspaceCountersTest {

    private FaradayWorld world;

    @BeforeEach
    void open() {
        world = FaradayWorld.sample();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void equals_a_count_made_another_way_after_any_mix_of_changes() {
        List<Integer> ids = SampleVulnerabilities.insert(world.dataSource(), 60, SampleFaraday.SHOP_APP, "open", false);
        FaradayStatus[] statuses = FaradayStatus.values();
        Random random = new Random(17);
        for (int id : ids) {
            world.changeStatus(id, statuses[random.nextInt(statuses.length)], SampleFaraday.ADMIN);
        }
        for (int id = 28; id <= 36; id++) {
            world.changeStatus(id, statuses[random.nextInt(statuses.length)], SampleFaraday.ADMIN);
        }

        recount(SampleFaraday.SHOP_APP);

        Map<String, Object> counted = counters(SampleFaraday.SHOP_APP);
        SampleVulnerabilities.countAnew(world.dataSource());
        assertThat(counted).isEqualTo(counters(SampleFaraday.SHOP_APP));
    }

    @Test
    void counts_re_opened_as_open_and_risk_accepted_as_closed() {
        recount(SampleFaraday.ACME_EXTERNAL);

        assertThat(counters(SampleFaraday.ACME_EXTERNAL))
                .containsEntry("vulnerability_open_count", 12)
                .containsEntry("vulnerability_closed_count", 4)
                .containsEntry("vulnerability_re_opened_count", 1)
                .containsEntry("vulnerability_risk_accepted_count", 2)
                .containsEntry("vulnerability_open_confirmed_count", 9);
    }

    @Test
    void leaves_other_workspaces_alone() {
        world.sql().sql("UPDATE workspace SET vulnerability_open_count = 99").update();

        recount(SampleFaraday.ACME_EXTERNAL);

        assertThat(counters(SampleFaraday.SHOP_APP)).containsEntry("vulnerability_open_count", 99);
    }

    @Test
    void counts_what_an_older_faraday_has_counters_for() {
        try (FaradayWorld older = FaradayWorld.sampleWith(
                "ALTER TABLE workspace DROP host_notclosed_count, DROP vulnerability_low_notclosed_confirmed_count")) {
            older.changeStatus(1, FaradayStatus.CLOSED, null);

            WorkspaceCounters counters = older.bean(WorkspaceCounters.class);
            older.inTransaction(() ->
                    counters.write(counters.count(SampleFaraday.ACME_EXTERNAL).orElseThrow()));

            assertThat(older.number("SELECT vulnerability_open_count FROM workspace WHERE id = 1"))
                    .isEqualTo(11);
        }
    }

    private void recount(int workspaceId) {
        WorkspaceCounters counters = world.bean(WorkspaceCounters.class);
        world.inTransaction(() -> counters.write(counters.count(workspaceId).orElseThrow()));
    }

    private Map<String, Object> counters(int workspaceId) {
        return world.sql()
                .sql("SELECT * FROM workspace WHERE id = :id")
                .param("id", workspaceId)
                .query()
                .singleRow();
    }
}
