package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ActivityTest {

    private FaradayDatabase.Instance database;
    private JdbcClient jdbc;
    private Activity activity;

    @BeforeEach
    void start() {
        database = FaradayDatabase.shared().newBridgeDatabase();
        jdbc = database.rows();
        activity = new Activity(jdbc, TestBroker.NO_EVENTS, nobody());
    }

    @Test
    void shows_events_newest_first_page_by_page() {
        for (int n = 1; n <= 5; n++) {
            record(Outcome.APPLIED, n, "VULN-" + n, "event " + n);
        }
        List<ActivityEntry> first = activity.find(ActivityQuery.newest(2));
        List<ActivityEntry> second = activity.find(
                new ActivityQuery(null, null, null, null, first.get(1).id(), 2));

        assertThat(first).extracting(ActivityEntry::detail).containsExactly("event 5", "event 4");
        assertThat(second).extracting(ActivityEntry::detail).containsExactly("event 3", "event 2");
    }

    @Test
    void shows_what_was_asked_for() {
        record(Outcome.APPLIED, 17, "VULN-1", "applied");
        record(Outcome.CONFLICT, 17, "VULN-1", "conflict");
        record(Outcome.APPLIED, 18, "VULN-2", "other");
        jdbc.sql("UPDATE faraday_bridge.activity SET at = now() - interval '2 days' WHERE detail = 'applied'")
                .update();

        assertThat(details(17, null, null, null)).containsExactly("conflict", "applied");
        assertThat(details(null, "VULN-2", null, null)).containsExactly("other");
        assertThat(details(null, null, Outcome.CONFLICT, null)).containsExactly("conflict");
        assertThat(details(17, null, null, Instant.now().minus(Duration.ofDays(1))))
                .containsExactly("conflict");
    }

    @Test
    void shows_each_reader_the_events_of_their_workspaces_page_by_page() {
        database = FaradayDatabase.shared().newSampleBridgeDatabase();
        jdbc = database.rows();
        activity = new Activity(jdbc, TestBroker.NO_EVENTS, nobody());
        record(Outcome.APPLIED, SampleFaraday.LOG4SHELL, "SEC-1", "external 1");
        record(Outcome.APPLIED, 17, "SEC-2", "internal 1");
        record(Outcome.AWAY, null, null, "general");
        record(Outcome.APPLIED, SampleFaraday.SQL_INJECTION, "SEC-3", "external 2");
        record(Outcome.APPLIED, 17, "SEC-2", "internal 2");
        record(Outcome.APPLIED, 4711, "SEC-9", "of nobody knows which");

        Visibility external = new Visibility(false, false, Set.of(SampleFaraday.ACME_EXTERNAL));
        assertThat(seen(external, null, 10)).containsExactly("external 2", "external 1");
        assertThat(seen(external, null, 1)).containsExactly("external 2");
        assertThat(seen(new Visibility(false, true, Set.of(SampleFaraday.ACME_INTERNAL)), null, 10))
                .containsExactly("internal 2", "general", "internal 1");
        Visibility both = new Visibility(false, true, Set.of(SampleFaraday.ACME_EXTERNAL, SampleFaraday.ACME_INTERNAL));
        assertThat(seen(both, null, 3)).containsExactly("internal 2", "external 2", "general");
        assertThat(seen(both, 17, 10)).containsExactly("internal 2", "internal 1");
        assertThat(seen(new Visibility(false, false, Set.of()), null, 10)).isEmpty();
        assertThat(seen(new Visibility(true, true, Set.of()), null, 10)).hasSize(6);
    }

    @Test
    void what_was_decided_for_many_at_once_is_seen_in_each_ones_workspace() {
        database = FaradayDatabase.shared().newSampleBridgeDatabase();
        activity = new Activity(database.rows(), TestBroker.NO_EVENTS, nobody());

        activity.recordAll(
                Outcome.REPLAYED,
                List.of(
                        new Activity.Subject("c", SampleFaraday.LOG4SHELL, "SEC-1"),
                        new Activity.Subject("c", 17, "SEC-2")),
                "follow Jira",
                SampleFaraday.ADMIN);

        assertThat(activity.find(
                        ActivityQuery.newest(10), new Visibility(false, false, Set.of(SampleFaraday.ACME_INTERNAL))))
                .extracting(ActivityEntry::vulnerabilityId)
                .containsExactly(17);
    }

    private List<String> seen(Visibility reach, @Nullable Integer vulnerability, int limit) {
        return activity.find(new ActivityQuery(vulnerability, null, null, null, null, limit), reach).stream()
                .map(ActivityEntry::detail)
                .toList();
    }

    @Test
    void events_from_before_workspaces_were_noted_are_their_workspaces_too() {
        database = FaradayDatabase.shared().newSampleDatabase();
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("faraday_bridge")
                .defaultSchema("faraday_bridge")
                .target("10")
                .load()
                .migrate();
        database.rows().sql("""
                        INSERT INTO faraday_bridge.activity (outcome, correlation_id, vulnerability_id, detail)
                        VALUES ('APPLIED', 'c', 17, 'old')""").update();

        database.withBridge();

        activity = new Activity(database.rows(), TestBroker.NO_EVENTS, nobody());
        assertThat(seen(new Visibility(false, false, Set.of(SampleFaraday.ACME_INTERNAL)), null, 10))
                .containsExactly("old");
    }

    @Test
    void a_postponement_repeated_for_hours_is_one_row() {
        for (int attempt = 0; attempt < 10; attempt++) {
            record(Outcome.POSTPONED, 17, "VULN-1", "Jira does not answer");
            record(Outcome.POSTPONED, 18, "VULN-2", "Jira does not answer");
            record(Outcome.POSTPONED, null, null, "Jira does not answer");
        }
        assertThat(activity.find(ActivityQuery.newest(100))).hasSize(3);
    }

    @Test
    void a_change_without_effect_that_somebody_keeps_sending_is_one_row() {
        for (int attempt = 0; attempt < 10; attempt++) {
            record(Outcome.IGNORED, 17, "OLD-1", "project OLD is at rest");
        }
        assertThat(activity.find(ActivityQuery.newest(100))).hasSize(1);
    }

    @Test
    void a_postponement_for_another_reason_or_after_something_else_is_a_row_of_its_own() {
        record(Outcome.POSTPONED, 17, "VULN-1", "Jira does not answer");
        record(Outcome.POSTPONED, 17, "VULN-1", "Jira asks for patience");
        record(Outcome.DRIVEN, 17, "VULN-1", "to Done");
        record(Outcome.POSTPONED, 17, "VULN-1", "Jira asks for patience");

        assertThat(details(17, null, null, null))
                .containsExactly("Jira asks for patience", "to Done", "Jira asks for patience", "Jira does not answer");
    }

    @Test
    void the_same_change_made_twice_is_two_rows() {
        record(Outcome.APPLIED, 17, "VULN-1", "closed");
        record(Outcome.APPLIED, 17, "VULN-1", "closed");
        assertThat(details(17, null, null, null)).hasSize(2);
    }

    @Test
    void an_event_is_rolled_back_with_the_change_it_describes() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    record(Outcome.APPLIED, 17, "VULN-1", "closed");
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        assertThat(activity.find(ActivityQuery.newest(10))).isEmpty();
    }

    @Test
    void forgets_what_is_older_than_configured() {
        record(Outcome.APPLIED, 17, "VULN-1", "old");
        jdbc.sql("UPDATE faraday_bridge.activity SET at = now() - interval '91 days'")
                .update();
        record(Outcome.APPLIED, 17, "VULN-1", "young");

        new ActivityRows(jdbc, new ActivitySettings(Duration.ofDays(90)), TestBroker.NO_EVENTS).purge();

        assertThat(details(null, null, null, null)).containsExactly("young");
    }

    @Test
    void text_that_the_database_would_refuse_is_made_fit() {
        record(Outcome.REFUSED, 17, "VULN-1", "Jira says \0 and \uD83D and " + "x".repeat(10_000));
        assertThat(activity.find(ActivityQuery.newest(1)).get(0).detail())
                .startsWith("Jira says   and   and xxx")
                .hasSize(4000);
    }

    /** Else a row would be written that no listener gets. */
    @Test
    void rows_are_written_in_one_place() throws IOException {
        Pattern insert = Pattern.compile("INTO\\s+faraday_bridge\\.activity\\b");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(Files::isRegularFile).filter(source -> holds(source, insert)))
                    .extracting(Path::getFileName)
                    .containsExactly(Path.of("Activity.java"));
        }
    }

    private static boolean holds(Path file, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ActivityListeners nobody() {
        return new ActivityListeners(new SimpleMeterRegistry());
    }

    private void record(Outcome outcome, @Nullable Integer vulnerability, @Nullable String issue, String detail) {
        activity.record(outcome, "c-1", vulnerability, issue, detail, null);
    }

    private List<String> details(
            @Nullable Integer vulnerability,
            @Nullable String issue,
            @Nullable Outcome outcome,
            @Nullable Instant since) {
        return activity.find(new ActivityQuery(vulnerability, issue, outcome, since, null, 100)).stream()
                .map(ActivityEntry::detail)
                .toList();
    }
}
