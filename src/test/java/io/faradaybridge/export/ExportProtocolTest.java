package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.export.ExportReservation.Refusal;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.answers.CreatedIssue;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The protocol's rules for items as the statements keep them: workers stepped by hand against a real database. Each test is
 * a counter-example that the rule of its name forbids.
 */
class ExportProtocolTest {

    private static final List<String> AT_WORK = List.of("SEC");

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private ExportItems items;
    private ExportBatches batches;
    private UnknownItems unknown;
    private int vulnerability;
    private long batch;
    private long id;

    @BeforeEach
    void reserve() {
        items = new ExportItems(rows);
        batches = new ExportBatches(rows);
        unknown = new UnknownItems(rows);
        rows.sql("DELETE FROM faraday_bridge.export_item").update();
        vulnerability = SampleVulnerabilities.insert(database.dataSource(), 1).get(0);
        batch = rows.sql("INSERT INTO faraday_bridge.export_batch (username, source, project_key, issue_type,"
                        + " correlation_id) VALUES ('faraday', 'api', 'SEC', 'Bug', 'test') RETURNING id")
                .query(Long.class)
                .single();
        id = reserveAgain().orElseThrow();
    }

    private Optional<Long> reserveAgain() {
        return Optional.ofNullable(batches.reserve(batch, "SEC", "Bug", Map.of(vulnerability, FaradayStatus.OPEN))
                .get(vulnerability));
    }

    private ExportChunk claim() {
        return items.claimReserved(AT_WORK).orElseThrow();
    }

    private ExportChunk sent() {
        ExportChunk chunk = claim();
        assertThat(items.sending(chunk, chunk.ids(), true)).containsExactly(id);
        return chunk;
    }

    private String state() {
        return column("state");
    }

    private String column(String name) {
        return rows.sql("SELECT coalesce(" + name + "::text, '') FROM faraday_bridge.export_item WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** As if everything had happened so much earlier. */
    private void passes(Duration time) {
        rows.sql("UPDATE faraday_bridge.export_item SET sent_at = sent_at - :t * interval '1 second',"
                        + " retry_at = retry_at - :t * interval '1 second',"
                        + " lease_until = lease_until - :t * interval '1 second'")
                .param("t", time.toSeconds())
                .update();
    }

    private static ExportItem item(ExportChunk chunk) {
        return chunk.items().get(0);
    }

    private void atUnknown() {
        ExportChunk chunk = sent();
        assertThat(items.toPerson(chunk, item(chunk), "several issues")).isTrue();
    }

    @Test
    void e1_a_vulnerability_has_one_active_item_whatever_its_state() {
        assertThat(reserveAgain()).isEmpty();
        ExportChunk chunk = sent();
        assertThat(reserveAgain()).isEmpty();
        items.toPerson(chunk, item(chunk), "in doubt");
        assertThat(reserveAgain()).isEmpty();
        unknown.isIssue(id, "10001", "SEC-1");
        assertThat(items.lockToLink(List.of(id))).containsOnlyKeys(id);
        items.linked(List.of(id));
        assertThat(reserveAgain()).isEmpty();
    }

    @Test
    void e1_the_second_batchs_item_says_which_one_holds_it() {
        batches.addHeld(batch, "SEC", "Bug", Map.of(vulnerability, new Refusal("another export")));

        assertThat(rows.sql("SELECT held_by FROM faraday_bridge.export_item WHERE state = 'held'")
                        .query(Long.class)
                        .single())
                .isEqualTo(id);
    }

    @Test
    void e2_two_workers_do_not_send_one_reservation() {
        ExportChunk stalled = claim();
        assertThat(items.claimReserved(AT_WORK)).isEmpty();
        passes(Duration.ofMinutes(2));
        ExportChunk second = claim();

        assertThat(items.sending(stalled, stalled.ids(), true)).isEmpty();
        assertThat(items.sending(second, second.ids(), true)).containsExactly(id);
        assertThat(items.sending(second, second.ids(), true)).as("nor twice").isEmpty();
    }

    @Test
    void e2_a_lapsed_lease_sends_nothing() {
        ExportChunk chunk = claim();
        passes(Duration.ofMinutes(2));

        assertThat(items.sending(chunk, chunk.ids(), true)).isEmpty();
        assertThat(state()).isEqualTo("reserved");
    }

    @Test
    void e2_l11_the_lease_outlives_the_call_and_what_jira_may_go_on_for() {
        sent();

        assertThat(rows.sql("SELECT lease_until > now() + interval '160 seconds' FROM faraday_bridge.export_item")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void e3_what_was_sent_is_not_looked_for_before_jira_and_its_search_are_done() {
        sent();
        passes(Duration.ofSeconds(205));
        assertThat(items.claimUnanswered(AT_WORK)).isEmpty();

        passes(Duration.ofSeconds(6));
        ExportChunk first = items.claimUnanswered(AT_WORK).orElseThrow();
        items.awaitLook(first, first.ids(), ExportItems.SECOND_LOOK, 1, "not found yet");

        assertThat(items.claimUnanswered(AT_WORK)).as("not twice at once").isEmpty();
        passes(Duration.ofSeconds(30));
        assertThat(items.claimUnanswered(AT_WORK)).isPresent();
    }

    @Test
    void e3_looks_come_210_and_240_seconds_after_sending() {
        assertThat(ExportItems.FIRST_LOOK).isGreaterThanOrEqualTo(Duration.ofSeconds(60 + 90 + 60));
        assertThat(ExportItems.SECOND_LOOK).isGreaterThanOrEqualTo(Duration.ofSeconds(60 + 90 + 60 + 30));
    }

    @Test
    void e3_after_a_lost_answer_the_times_run_from_the_sending_however_late_we_learn_of_it() {
        ExportChunk chunk = sent();
        passes(Duration.ofSeconds(60));

        items.awaitLook(chunk, chunk.ids(), ExportItems.FIRST_LOOK, 0, "no answer within 60 s");

        passes(Duration.ofSeconds(145));
        assertThat(items.claimUnanswered(AT_WORK)).isEmpty();
        passes(Duration.ofSeconds(6));
        assertThat(items.claimUnanswered(AT_WORK)).isPresent();
    }

    @Test
    void e3_a_process_that_died_after_sending_leaves_the_item_to_be_looked_for_not_sent() {
        sent();
        passes(Duration.ofSeconds(300));

        assertThat(items.claimReserved(AT_WORK)).isEmpty();
        assertThat(items.claimUnanswered(AT_WORK)).isPresent();
    }

    @Test
    void e3_letting_go_after_an_unforeseen_error_does_not_shorten_the_wait() {
        ExportChunk chunk = sent();

        items.release(chunk, Duration.ZERO, true);

        assertThat(items.claimUnanswered(AT_WORK)).isEmpty();
        assertThat(items.claimReserved(AT_WORK)).isEmpty();
    }

    @Test
    void e4_a_person_moves_only_an_item_at_unknown() {
        sent();

        assertThat(unknown.createAgain(id)).isFalse();
        assertThat(unknown.giveUp(id, "why not")).isFalse();
        assertThat(unknown.isIssue(id, "10001", "SEC-1")).isFalse();
        assertThat(state()).isEqualTo("sending");
    }

    @Test
    void e4_create_again_looks_again_before_it_creates() {
        atUnknown();
        assertThat(unknown.createAgain(id)).isTrue();
        assertThat(items.claimReserved(AT_WORK)).isEmpty();
        assertThat(items.claimUnanswered(AT_WORK))
                .as("the times of E3 run from the sending")
                .isEmpty();

        passes(Duration.ofSeconds(241));
        assertThat(items.claimReserved(AT_WORK)).isEmpty();
        ExportChunk look = items.claimUnanswered(AT_WORK).orElseThrow();
        assertThat(items.markers(look.items().get(0)))
                .extracting(ExportItem.Marker::value)
                .containsExactly(look.items().get(0).marker());
        items.mayBeCreated(look);

        assertThat(items.claimReserved(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_late_201_counts_though_another_holds_the_item_by_now() {
        sent();
        passes(Duration.ofSeconds(220));
        assertThat(items.claimUnanswered(AT_WORK)).isPresent();

        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));

        assertThat(column("issue_key")).isEqualTo("SEC-1");
        assertThat(items.lockToLink(List.of(id))).containsOnlyKeys(id);
        items.linked(List.of(id));
    }

    @Test
    void which_values_were_not_sent_is_known_though_the_worker_dies_before_the_link() {
        ExportChunk chunk = sent();
        items.awaitLook(chunk, chunk.ids(), Duration.ZERO, 0, "no answer");
        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")), Map.of(id, "Priority: the fixed value was sent"));
        passes(Duration.ofSeconds(220));

        assertThat(items.claimCreated(AT_WORK)).isPresent();

        assertThat(items.lockToLink(List.of(id))).containsEntry(id, "Priority: the fixed value was sent");
        items.linked(List.of(id));
        assertThat(column("state") + ", " + column("reason")).isEqualTo("linked, Priority: the fixed value was sent");
    }

    @Test
    void e5_a_late_201_counts_though_the_item_was_reserved_again_or_given_up() {
        ExportChunk chunk = sent();
        items.backToReserved(chunk, Duration.ZERO, true, "not created");
        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));
        assertThat(items.claimReserved(AT_WORK)).as("never created again").isEmpty();
        assertThat(items.claimCreated(AT_WORK)).isPresent();

        reserve();
        atUnknown();
        unknown.giveUp(id, "given up");
        items.exist(Map.of(id, new CreatedIssue("10002", "SEC-2")));
        assertThat(items.claimCreated(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_late_201_of_an_item_given_up_is_kept_where_another_has_taken_its_place() {
        atUnknown();
        unknown.giveUp(id, "given up");
        assertThat(reserveAgain()).isPresent();

        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));

        assertThat(state()).isEqualTo("given-up");
        assertThat(column("issue_key")).isEqualTo("SEC-1");
    }

    @Test
    void e5_a_late_201_counts_though_the_item_waits_for_a_person_by_now() {
        atUnknown();

        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));

        assertThat(items.claimCreated(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_late_201_counts_though_the_item_was_sent_again_and_refused_meanwhile() {
        sent();
        passes(Duration.ofSeconds(220));
        ExportChunk second = items.claimUnanswered(AT_WORK).orElseThrow();
        items.backToReserved(second, Duration.ZERO, true, "not created");
        ExportChunk third = claim();
        items.refuse(third, item(third), "the project was archived");

        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));

        assertThat(items.claimCreated(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_late_201_is_not_overruled_by_a_holder_who_does_not_know_of_it() {
        sent();
        passes(Duration.ofSeconds(220));
        ExportChunk holder = items.claimUnanswered(AT_WORK).orElseThrow();
        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));

        items.backToReserved(holder, Duration.ZERO, true, "not created");
        items.awaitLook(holder, holder.ids(), ExportItems.SECOND_LOOK, 1, "not found yet");
        assertThat(items.refuse(holder, item(holder), "no")).isFalse();
        assertThat(items.toPerson(holder, item(holder), "never found")).isFalse();
        assertThat(column("looked")).isEqualTo("0");

        assertThat(state()).isEqualTo("sending");
        passes(Duration.ofMinutes(2));
        assertThat(items.claimCreated(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_stalled_worker_neither_permits_a_creation_nor_lets_go_of_what_another_holds() {
        atUnknown();
        unknown.createAgain(id);
        passes(Duration.ofSeconds(241));
        ExportChunk stalled = items.claimUnanswered(AT_WORK).orElseThrow();
        passes(Duration.ofMinutes(2));
        ExportChunk holder = items.claimUnanswered(AT_WORK).orElseThrow();

        items.mayBeCreated(stalled);
        items.release(stalled, Duration.ZERO, true);

        assertThat(items.claimReserved(AT_WORK)).isEmpty();
        assertThat(items.claimUnanswered(AT_WORK)).as("held").isEmpty();
        items.mayBeCreated(holder);
        assertThat(items.claimReserved(AT_WORK)).isPresent();
    }

    @Test
    void e5_a_stalled_worker_does_not_hurry_the_next_look() {
        ExportChunk stalled = sent();
        passes(Duration.ofSeconds(220));
        assertThat(items.claimUnanswered(AT_WORK)).isPresent();

        items.awaitLook(stalled, stalled.ids(), ExportItems.FIRST_LOOK, 1, "surely looked");

        assertThat(column("looked")).isEqualTo("0");
        assertThat(items.claimUnanswered(AT_WORK)).as("held").isEmpty();
    }

    @Test
    void e5_that_it_does_not_exist_is_accepted_only_from_the_holder() {
        ExportChunk stalled = sent();
        passes(Duration.ofSeconds(220));
        ExportChunk holder = items.claimUnanswered(AT_WORK).orElseThrow();

        items.backToReserved(stalled, Duration.ZERO, true, "surely not created");
        assertThat(items.refuse(stalled, item(stalled), "no")).isFalse();
        assertThat(items.toPerson(stalled, item(stalled), "no")).isFalse();
        assertThat(state()).isEqualTo("sending");

        items.backToReserved(holder, Duration.ZERO, true, "not created");
        assertThat(state()).isEqualTo("reserved");
    }

    @Test
    void e6_a_later_item_looks_for_what_an_earlier_one_may_have_created() {
        ExportItem.Marker earlier;
        atUnknown();
        earlier = new ExportItem.Marker(java.util.UUID.fromString(column("marker")), true, "SEC", 1);
        unknown.giveUp(id, "given up");

        id = reserveAgain().orElseThrow();

        assertThat(items.claimReserved(AT_WORK))
                .as("nothing is created before the look")
                .isEmpty();
        assertThat(items.claimUnanswered(AT_WORK))
                .as("nor looked for before the times of E3 are over for the earlier one")
                .isEmpty();
        passes(Duration.ofSeconds(241));
        ExportChunk look = items.claimUnanswered(AT_WORK).orElseThrow();
        assertThat(items.markers(look.items().get(0)))
                .extracting(ExportItem.Marker::value, ExportItem.Marker::labelled)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(earlier.value(), earlier.labelled()));
        items.mayBeCreated(look);
        assertThat(items.claimReserved(AT_WORK)).isPresent();
    }

    @Test
    void e6_an_item_that_was_never_sent_leaves_nothing_to_look_for() {
        ExportChunk chunk = claim();
        items.toPerson(chunk, item(chunk), "Jira refused twelve times");
        unknown.giveUp(id, "given up");

        id = reserveAgain().orElseThrow();

        assertThat(items.claimReserved(AT_WORK)).isPresent();
    }

    @Test
    void e7_whoever_dies_in_any_state_leaves_an_item_that_falls_due() {
        claim();
        passes(Duration.ofMinutes(2));
        assertThat(items.claimReserved(AT_WORK)).as("reserved").isPresent();
        passes(Duration.ofMinutes(2));
        sent();
        passes(Duration.ofMinutes(5));
        assertThat(items.claimUnanswered(AT_WORK)).as("sending").isPresent();
        passes(Duration.ofMinutes(2));
        items.exist(Map.of(id, new CreatedIssue("10001", "SEC-1")));
        assertThat(items.claimCreated(AT_WORK)).as("created").isPresent();
        passes(Duration.ofMinutes(2));
        assertThat(items.claimCreated(AT_WORK)).as("created, again").isPresent();
    }

    @Test
    void e7_attempts_are_counted() {
        items.release(claim(), Duration.ZERO, true);
        items.backToReserved(claim(), Duration.ZERO, true, "busy");

        assertThat(column("attempts")).isEqualTo("2");
    }

    @Test
    void what_ended_without_an_issue_is_forgotten_in_time_and_nothing_else() {
        atUnknown();
        assertThat(unknown.giveUp(id, "enough")).isTrue();
        long active = reserveAgain().orElseThrow();
        batches.addRefused(batch, "SEC", "Bug", Map.of(vulnerability, new Refusal("for the test")));
        batches.addHeld(batch, "SEC", "Bug", Map.of(vulnerability, new Refusal("for the test")));
        long empty = rows.sql("INSERT INTO faraday_bridge.export_batch (username, source, project_key, issue_type,"
                        + " correlation_id, created_at) VALUES ('faraday', 'api', 'SEC', 'Bug', 'test',"
                        + " now() - interval '91 days') RETURNING id")
                .query(Long.class)
                .single();
        assertThat(batches.purge(Duration.ofDays(90))).isZero();
        rows.sql("UPDATE faraday_bridge.export_item SET updated_at = now() - interval '91 days'")
                .update();

        assertThat(batches.purge(Duration.ofDays(90))).isEqualTo(2);

        assertThat(rows.sql("SELECT id FROM faraday_bridge.export_item ORDER BY id")
                        .query(Long.class)
                        .list())
                .containsExactly(id, active);
        assertThat(rows.sql("SELECT id FROM faraday_bridge.export_batch WHERE id IN (?, ?)")
                        .param(batch)
                        .param(empty)
                        .query(Long.class)
                        .list())
                .containsExactly(batch);
    }
}
