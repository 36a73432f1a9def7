package io.faradaybridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class FaradayDatabaseTest {

    @Test
    void a_fresh_database_holds_all_of_faradays_tables_and_no_vulnerability() {
        JdbcClient fresh = client(FaradayDatabase.shared().newDatabase());

        assertThat(number(fresh, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo(93);
        assertThat(number(fresh, "SELECT count(*) FROM role_permission")).isEqualTo(664);
        assertThat(number(fresh, "SELECT count(*) FROM vulnerability")).isZero();
    }

    @Test
    void databases_do_not_see_each_other() {
        FaradayDatabase.Instance mine = FaradayDatabase.shared().newSampleDatabase();
        FaradayDatabase.Instance yours = FaradayDatabase.shared().newSampleDatabase();

        client(mine).sql("DELETE FROM vulnerability").update();

        assertThat(number(client(yours), "SELECT count(*) FROM vulnerability")).isEqualTo(40);
    }

    @Test
    void bulk_vulnerabilities_are_counted_in_their_workspace() {
        FaradayDatabase.Instance database = FaradayDatabase.shared().newDatabase();

        List<Integer> ids = SampleVulnerabilities.insert(database.dataSource(), 500);

        assertThat(ids).hasSize(500).isSorted();
        assertThat(number(
                        client(database),
                        "SELECT vulnerability_notclosed_confirmed_count FROM workspace WHERE id = "
                                + SampleFaraday.ACME_EXTERNAL))
                .isEqualTo(500);
    }

    @Test
    void a_stopped_server_comes_back_on_the_same_port_with_the_same_rows(@TempDir Path directory) {
        try (FaradayDatabase server = FaradayDatabase.start(directory, 0)) {
            JdbcClient database = client(server.openSampleDatabase("faraday"));
            database.sql("UPDATE vulnerability SET status = 'closed' WHERE id = 1")
                    .update();

            server.stop();
            assertThatThrownBy(() -> number(database, "SELECT 1"))
                    .isInstanceOf(DataAccessResourceFailureException.class);
            server.restart();

            assertThat(number(database, "SELECT count(*) FROM vulnerability WHERE id = 1 AND status = 'closed'"))
                    .isOne();
            assertThat(number(client(server.openSampleDatabase("faraday")), "SELECT count(*) FROM vulnerability"))
                    .isEqualTo(40);
        }
    }

    private static JdbcClient client(FaradayDatabase.Instance database) {
        return JdbcClient.create(database.dataSource());
    }

    private static int number(JdbcClient database, String sql) {
        return database.sql(sql).query(Integer.class).single();
    }
}
