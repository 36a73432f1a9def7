package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which packages may write a table and which may only read it, by the text of their statements; {@code routes} stands for
 * the SQL beside the flows. Items of an export are also written where a project gets a new key ({@code link}) or is
 * deactivated ({@code setup}).
 */
class TableOwnersTest {

    private static final Path SOURCES = Path.of("src/main/java/io/faradaybridge");
    private static final Path ROUTES = Path.of("routes");
    private static final String WRITES = "(?:INTO|UPDATE|DELETE\\s+FROM)\\s+(?:faraday_bridge\\.)?";
    private static final String READS = "(?:FROM|JOIN|USING)\\s+(?:faraday_bridge\\.)?";
    private static final Pattern CREATED =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(?:faraday_bridge\\.)?(\\w+)", Pattern.CASE_INSENSITIVE);

    private static final String TABLES = """
            issue_link; link link.catchup link.existing; comments configuration export.attachments export.follow export.rules health link.reports setup setup.steps statistics vulnerabilities
            unlinked_hint; link;
            export_batch; export; export.inbox export.rules setup
            export_reply; export.queue;
            export_item; export export.inbox export.reopening link setup; export.follow export.queue export.rules link.existing setup.steps statistics switches vulnerabilities
            activity; activity; statistics
            last_request; activity;
            dead_letter; deadletter; setup
            followed_link; export.follow;
            commented_project; comments;
            commented_link; comments;
            copied_comment; comments;
            owed_attachments; export.attachments;
            named_vulnerability; export.rules;
            secret; secrets;
            setup_change; activity;
            unadopted_key; link.existing;
            jira_project; configuration;
            project_webhooks; link;
            project_switch; configuration; link
            resync; link link.catchup;
            known_transitions; workflow;
            dirty_workspace; faraday;
            authorization_request; connection;
            token_renewal; connection;
            jira_limit; jira.client;
            lease; lease;
            minute_sample; statistics;
            replaced_file; flows;
            runtime_state; adoption configuration connection incoming link; health
            """;

    /** Faraday's; other packages read of the rest only what {@code faraday} hands out. */
    private static final String FARADAYS_TABLES = """
            vulnerability; faraday; activity deadletter export export.follow export.inbox export.rules inbox link.existing link.reports routes vulnerabilities
            workspace; faraday; inbox link link.reports routes vulnerabilities
            configuration; faraday;
            user_token; faraday;
            comment; faraday;
            severities_histogram; faraday;
            vulnerability_status_history; faraday;
            faraday_user; ; faraday routes
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = TABLES + FARADAYS_TABLES)
    void a_table_is_written_by_its_owners_and_read_by_few(String table, String owners, String readers)
            throws IOException {
        Set<String> writing = packages(WRITES + table + "\\b");
        String named = table.equals("issue_link")
                ? "|(?:FROM|JOIN)\\s+\\{link}"
                : ""; // the one table that a named clause joins
        Set<String> reading = packages(READS + table + "\\b" + named);
        reading.removeAll(words(owners));

        assertThat(words(owners)).as("packages that may write %s", table).containsAll(writing);
        assertThat(reading).as("packages that read %s beside its owners", table).isEqualTo(words(readers));
    }

    @Test
    void each_table_of_the_migrations_has_an_owner() throws IOException {
        Set<String> created = new TreeSet<>();
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path migration : migrations.toList()) {
                CREATED.matcher(Files.readString(migration))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(created::add);
            }
        }
        assertThat(created).isNotEmpty().allSatisfy(table -> assertThat(TABLES).containsPattern("(?m)^" + table + ";"));
    }

    @Test
    void each_table_that_a_statement_writes_has_an_owner() throws IOException {
        Set<String> written = new TreeSet<>();
        for (Path source : statements()) {
            Pattern.compile(WRITES + "([a-z_]+)")
                    .matcher(Files.readString(source))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(written::add);
        }
        assertThat(written).isNotEmpty().allSatisfy(table -> assertThat(TABLES + FARADAYS_TABLES)
                .containsPattern("(?m)^" + table + "; \\w"));
    }

    private static Set<String> words(String text) {
        return text == null ? new TreeSet<>() : new TreeSet<>(Set.of(text.split(" ")));
    }

    private static Set<String> packages(String statement) throws IOException {
        Pattern pattern = Pattern.compile(statement);
        Set<String> packages = new TreeSet<>();
        for (Path source : statements()) {
            if (pattern.matcher(Files.readString(source)).find()) {
                packages.add(
                        source.startsWith(SOURCES)
                                ? SOURCES.relativize(source.getParent())
                                        .toString()
                                        .replace('/', '.')
                                : ROUTES.toString());
            }
        }
        return packages;
    }

    private static List<Path> statements() throws IOException {
        List<Path> statements = new ArrayList<>();
        for (Path root : List.of(SOURCES, ROUTES)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().matches(".*\\.(java|sql)")).forEach(statements::add);
            }
        }
        return statements;
    }
}
