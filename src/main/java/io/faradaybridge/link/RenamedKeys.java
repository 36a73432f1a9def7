package io.faradaybridge.link;

import io.faradaybridge.configuration.ProjectSwitches;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.tables.ItemState;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Writes the new key of a project: first to the bridge's own rows, then to the issues' keys, batch by batch. */
@Component
class RenamedKeys {

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final Vulnerabilities vulnerabilities;
    private final Hints hints;
    private final ProjectSwitches switches;
    private final TransactionOperations transaction;

    RenamedKeys(
            JdbcClient jdbc,
            Vulnerabilities vulnerabilities,
            Hints hints,
            ProjectSwitches switches,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.vulnerabilities = vulnerabilities;
        this.hints = hints;
        this.switches = switches;
        this.transaction = transaction;
    }

    /** Changes links, a resync, unfinished exports and the sweep's watermark. @return how many links */
    int project(String from, String to) {
        resync(from, to); // first, since a resync locks its own row before the links
        int links = jdbc.sql(LinkSql.SQL.in("""
            UPDATE faraday_bridge.issue_link l SET project_key = :to WHERE l.project_key = :from AND {active}"""))
                .param("to", to)
                .param("from", from)
                .update();
        jdbc.sql(ItemState.SQL.in("""
            UPDATE faraday_bridge.export_item i SET project_key = :to
             WHERE i.project_key = :from AND i.state IN {open}""")).param("to", to).param("from", from).update();
        jdbc.sql("""
            INSERT INTO faraday_bridge.runtime_state (name, value)
            SELECT 'sweep:' || :to, value FROM faraday_bridge.runtime_state WHERE name = 'sweep:' || :from
            ON CONFLICT (name) DO NOTHING\
            """).param("to", to).param("from", from).update();
        jdbc.sql("DELETE FROM faraday_bridge.runtime_state WHERE name = 'sweep:' || :from")
                .param("from", from)
                .update();
        switches.rename(from, to);
        return links;
    }

    /** One that runs goes on under the new key, whatever an earlier project of that key has left. */
    private void resync(String from, String to) {
        jdbc.sql("""
            DELETE FROM faraday_bridge.resync WHERE project_key = :to
               AND EXISTS (SELECT FROM faraday_bridge.resync WHERE project_key = :from)""").param("to", to).param("from", from).update();
        jdbc.sql("UPDATE faraday_bridge.resync SET project_key = :to WHERE project_key = :from")
                .param("to", to)
                .param("from", from)
                .update();
    }

    private record Rekeyed(long linkId, int vulnerabilityId, String before, String after) {}

    /**
     * Changes the keys of the project's issues, in the link and in Faraday together; otherwise a different key in
     * Faraday would look like an unlinking.
     */
    void issues(String from, String to) {
        List<Rekeyed> batch;
        do {
            batch = Objects.requireNonNull(transaction.execute(status -> {
                List<Rekeyed> rekeyed = jdbc.sql(LinkSql.SQL.in("""
                    WITH former AS (
                      SELECT l.id, l.issue_key FROM faraday_bridge.issue_link l
                       WHERE {active} AND l.project_key = :to AND split_part(l.issue_key, '-', 1) = :from
                       ORDER BY l.id LIMIT :limit FOR UPDATE)
                    UPDATE faraday_bridge.issue_link l
                       SET issue_key = :to || '-' || split_part(l.issue_key, '-', 2)
                      FROM former WHERE l.id = former.id
                    RETURNING l.id, l.vulnerability_id, former.issue_key AS before, l.issue_key AS after"""))
                        .param("to", to)
                        .param("from", from)
                        .param("limit", BATCH)
                        .query((row, n) -> new Rekeyed(
                                row.getLong("id"),
                                row.getInt("vulnerability_id"),
                                row.getString("before"),
                                row.getString("after")))
                        .list();
                rekeyed.forEach(
                        link -> vulnerabilities.updateIssueKey(link.vulnerabilityId(), link.before(), link.after()));
                return rekeyed;
            }));
            batch.forEach(
                    link -> hints.takeUp(link.linkId(), link.after())); // webhooks may have used the new key before
        } while (batch.size() == BATCH);
    }
}
