package io.faradaybridge.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.FaradayDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PurgeTest {

    @Test
    void deletes_all_old_rows_in_turns_of_a_few() {
        JdbcClient rows = FaradayDatabase.shared().newBridgeDatabase().rows();
        rows.sql("CREATE TABLE purged AS SELECT id FROM generate_series(1, 7) id")
                .update();

        Purge.inTurns(
                rows.sql("DELETE FROM purged WHERE id IN (SELECT id FROM purged WHERE id < :old LIMIT :many)")
                        .param("old", 7),
                2);

        assertThat(rows.sql("SELECT id FROM purged").query(Integer.class).list())
                .containsExactly(7);
    }
}
