package io.faradaybridge.faraday;

import static io.faradaybridge.faraday.FaradayStatus.CLOSED;
import static io.faradaybridge.faraday.FaradayStatus.OPEN;
import static io.faradaybridge.faraday.FaradayStatus.RE_OPENED;
import static io.faradaybridge.faraday.FaradayStatus.RISK_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LOCAL_DATE_TIME;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.IllegalTransactionStateException;

class VulnerabilitiesTest {

    private FaradayWorld world;
    private Vulnerabilities vulnerabilities;

    @BeforeEach
    void open() {
        world = FaradayWorld.sample();
        vulnerabilities = world.bean(Vulnerabilities.class);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void reads_all_that_decides_on_a_vulnerability() {
        assertThat(vulnerabilities.find(SampleFaraday.RE_OPENED))
                .contains(new VulnerabilityState(
                        SampleFaraday.RE_OPENED,
                        SampleFaraday.ACME_EXTERNAL,
                        "acme-external",
                        RE_OPENED,
                        true,
                        "high",
                        "",
                        true,
                        false,
                        "Invoices of other customers can be read"));
        assertThat(vulnerabilities.find(4711)).isEmpty();
    }

    @Test
    void finds_those_that_exist_among_many() {
        List<Integer> ids = SampleVulnerabilities.insert(world.dataSource(), 1000);

        List<VulnerabilityState> found = vulnerabilities.findAll(ids);

        assertThat(found).extracting(VulnerabilityState::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(vulnerabilities.findAll(List.of(SampleFaraday.IN_READ_ONLY_WORKSPACE, 4711)))
                .singleElement()
                .matches(VulnerabilityState::workspaceReadOnly);
        assertThat(vulnerabilities.findAll(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // vulnerability, its severity, target, net change of that severity and of the confirmed ones
        "1, critical, closed, -1, -1",
        "1, critical, risk-accepted, -1, -1",
        "1, critical, re-opened, 0, 0",
        "4, medium, re-opened, 1, 1",
        "4, medium, risk-accepted, 0, 0",
        "5, high, closed, -1, -1",
        "16, high, closed, -1, 0",
        "24, low, closed, 0, 0"
    })
    void a_status_change_shows_in_the_histogram_when_something_opens_or_closes(
            int id, String severity, String target, int ofSeverity, int ofConfirmed) {
        world.changeStatus(id, FaradayStatus.of(target), SampleFaraday.ADMIN);

        assertThat(today()).isEqualTo(histogram(severity, ofSeverity, ofConfirmed));
    }

    @Test
    void a_day_in_the_histogram_is_the_sum_of_its_changes() {
        world.changeStatus(1, CLOSED, SampleFaraday.ADMIN);
        world.changeStatus(14, RISK_ACCEPTED, SampleFaraday.ADMIN);
        world.changeStatus(1, RE_OPENED, SampleFaraday.ADMIN);

        assertThat(today()).isEqualTo(histogram("critical", -1, -1));
    }

    @Test
    void a_status_change_leaves_who_and_when_on_vulnerability_history_and_workspace() {
        world.changeStatus(SampleFaraday.LOG4SHELL, CLOSED, SampleFaraday.PENTESTER);

        Map<String, Object> row = world.sql().sql("""
                        SELECT v.status::text, v.update_user_id, v.update_date AS changed, w.update_date AS touched,
                               h.status::text AS history, h.user_id AS by_hand_of, h.change_date
                          FROM vulnerability v JOIN workspace w ON w.id = v.workspace_id
                          JOIN vulnerability_status_history h ON h.vulnerability_id = v.id
                         WHERE v.id = 1""").query().singleRow();
        assertThat(row)
                .containsEntry("status", "closed")
                .containsEntry("update_user_id", SampleFaraday.PENTESTER)
                .containsEntry("history", "closed")
                .containsEntry("by_hand_of", null);
        assertThat(List.of(row.get("changed"), row.get("touched"), row.get("change_date")))
                .allSatisfy(VulnerabilitiesTest::isNowInUtc);
    }

    @Test
    void the_same_status_again_writes_nothing() {
        world.changeStatus(SampleFaraday.LOG4SHELL, OPEN, SampleFaraday.PENTESTER);

        assertThat(world.number("SELECT count(*) FROM vulnerability WHERE id = 1 AND update_user_id IS NULL"))
                .isOne();
        assertThat(world.number("SELECT count(*) FROM vulnerability_status_history WHERE vulnerability_id = 1"))
                .isZero();
    }

    @Test
    void a_change_outlives_its_user_in_faraday() {
        world.changeStatus(SampleFaraday.LOG4SHELL, CLOSED, 4711);

        assertThat(vulnerabilities.find(SampleFaraday.LOG4SHELL).orElseThrow().status())
                .isEqualTo(CLOSED);
    }

    @Test
    void nothing_is_changed_over_somebody_elses_change() {
        VulnerabilityState asRead =
                vulnerabilities.find(SampleFaraday.LOG4SHELL).orElseThrow();
        world.changeStatus(SampleFaraday.LOG4SHELL, RISK_ACCEPTED, null);

        assertThatThrownBy(() -> world.inTransaction(() -> vulnerabilities.changeStatus(asRead, CLOSED, null)))
                .hasMessageContaining("vulnerability 1 is not 'open' any more");
        assertThat(vulnerabilities.find(SampleFaraday.LOG4SHELL).orElseThrow().status())
                .isEqualTo(RISK_ACCEPTED);
    }

    @Test
    void who_locks_sees_what_the_one_before_wrote_and_others_can_still_comment() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch commented = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> world.inTransaction(() -> {
            vulnerabilities.changeStatus(
                    vulnerabilities.lock(SampleFaraday.LOG4SHELL).orElseThrow(), CLOSED, null);
            changed.countDown();
            Assertions.assertThatCode(commented::await).doesNotThrowAnyException();
        }));
        changed.await();

        CompletableFuture<FaradayStatus> second = CompletableFuture.supplyAsync(() -> world.inTransaction(() ->
                vulnerabilities.lock(SampleFaraday.LOG4SHELL).orElseThrow().status()));
        await().until(() -> world.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        world.sql()
                .sql("INSERT INTO cve_association SELECT 1, max(id) FROM cve")
                .update();
        commented.countDown();

        assertThat(second.join()).isEqualTo(CLOSED);
        first.join();
    }

    @Test
    void a_link_is_shown_follows_the_issue_and_goes_without_forgetting_that_it_was() {
        world.inTransaction(() -> vulnerabilities.linkIssue(1, "SEC-7", SampleFaraday.PENTESTER));
        assertThat(link())
                .containsEntry("issuetracker", "SEC-7")
                .containsEntry("disassociated_manually", false)
                .containsEntry("update_user_id", SampleFaraday.PENTESTER);
        isNowInUtc(link().get("association_date"));

        world.inTransaction(() -> vulnerabilities.updateIssueKey(1, "sec-7", "OPS-3"));
        assertThat(link()).containsEntry("issuetracker", "OPS-3");
        world.inTransaction(() -> vulnerabilities.updateIssueKey(1, "SEC-7", "WEB-4"));
        assertThat(link()).as("shows another issue by now").containsEntry("issuetracker", "OPS-3");

        world.inTransaction(() -> vulnerabilities.unlinkIssue(1, SampleFaraday.ADMIN));
        assertThat(link()).containsEntry("issuetracker", "").containsEntry("disassociated_manually", true);
    }

    @Test
    void nothing_is_written_or_locked_without_a_transaction() {
        VulnerabilityState state = vulnerabilities.find(1).orElseThrow();

        assertThatThrownBy(() -> vulnerabilities.lock(1)).isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> vulnerabilities.changeStatus(state, CLOSED, null))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void an_older_faraday_without_history_and_histogram_has_its_status_changed_all_the_same() {
        try (FaradayWorld older =
                FaradayWorld.sampleWith("DROP TABLE vulnerability_status_history, severities_histogram")) {
            older.changeStatus(SampleFaraday.LOG4SHELL, CLOSED, SampleFaraday.ADMIN);

            assertThat(older.bean(Vulnerabilities.class)
                            .find(SampleFaraday.LOG4SHELL)
                            .orElseThrow()
                            .status())
                    .isEqualTo(CLOSED);
        }
    }

    @Test
    void a_migrated_database_keeps_its_history_with_the_vulnerabilities_own_enum() {
        try (FaradayWorld migrated = FaradayWorld.sampleWith("""
                ALTER TABLE vulnerability_status_history
                      ALTER status TYPE vulnerability_statuses USING status::text::vulnerability_statuses""")) {
            migrated.changeStatus(SampleFaraday.LOG4SHELL, RISK_ACCEPTED, SampleFaraday.ADMIN);

            assertThat(migrated.number("SELECT count(*) FROM vulnerability_status_history"
                            + " WHERE vulnerability_id = 1 AND status = 'risk-accepted'"))
                    .isOne();
        }
    }

    private Map<String, Object> link() {
        return world.sql()
                .sql("SELECT issuetracker, association_date, disassociated_manually, update_user_id"
                        + " FROM vulnerability WHERE id = 1")
                .query()
                .singleRow();
    }

    private Map<String, Object> today() {
        return world.sql().sql("""
                        SELECT coalesce(sum(medium), 0) AS medium, coalesce(sum(high), 0) AS high,
                               coalesce(sum(critical), 0) AS critical, coalesce(sum(confirmed), 0) AS confirmed
                          FROM severities_histogram WHERE date = (now() AT TIME ZONE 'utc')::date""").query().singleRow();
    }

    private static Map<String, Object> histogram(String severity, int ofSeverity, int ofConfirmed) {
        return Map.of(
                "medium", severity.equals("medium") ? (long) ofSeverity : 0L,
                "high", severity.equals("high") ? (long) ofSeverity : 0L,
                "critical", severity.equals("critical") ? (long) ofSeverity : 0L,
                "confirmed", (long) ofConfirmed);
    }

    private static void isNowInUtc(@Nullable Object timestamp) {
        assertThat(timestamp)
                .asInstanceOf(type(Timestamp.class))
                .extracting(Timestamp::toLocalDateTime, LOCAL_DATE_TIME)
                .isCloseTo(LocalDateTime.now(ZoneOffset.UTC), Assertions.within(1, ChronoUnit.MINUTES));
    }
}
