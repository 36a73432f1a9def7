package io.faradaybridge.faraday;

import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Faraday's vulnerabilities. Methods that write join the caller's transaction. Faraday's tables have no triggers and no
 * defaults, so these methods also write every row that Faraday itself would write with a status.
 */
@Component
public class Vulnerabilities {

    /** Columns {@code id}, {@code status} (text), {@code issuetracker} and {@code writable}, for a statement over many links. */
    public static final String STATUS_SQL = """
            SELECT sv.id, sv.status::text AS status, sv.issuetracker, sw.active AND NOT sw.readonly AS writable
              FROM vulnerability sv JOIN workspace sw ON sw.id = sv.workspace_id""";

    /**
     * Without {@code writable} and with {@code workspace_id}, to read vulnerabilities one by one: {@code sv} is the
     * table.
     */
    public static final String SHOWN_SQL =
            "SELECT sv.id, sv.status::text AS status, sv.issuetracker, sv.workspace_id FROM vulnerability sv";

    private static final SqlClauses SQL = new SqlClauses()
            .with("states", """
                SELECT v.id, v.workspace_id, w.name AS workspace_name, v.status::text, v.confirmed, v.severity::text,
                       v.issuetracker, w.active, w.readonly, v.name
                  FROM vulnerability v JOIN workspace w ON w.id = v.workspace_id""")
            // the column has a foreign key, and a user who was deleted meanwhile must not make the change fail
            .with("changed-by-user", """
                update_date = now() AT TIME ZONE 'utc',
                update_user_id = (SELECT u.id FROM faraday_user u WHERE u.id = :user)""");

    private final JdbcClient jdbc;
    private final StatusChangeTraces traces;

    Vulnerabilities(JdbcClient jdbc, StatusChangeTraces traces) {
        this.jdbc = jdbc;
        this.traces = traces;
    }

    public Optional<VulnerabilityState> find(int id) {
        return jdbc.sql(SQL.in("{states} WHERE v.id = :id"))
                .param("id", id)
                .query(Vulnerabilities::state)
                .optional();
    }

    /** The vulnerabilities that exist, in no particular order. */
    public List<VulnerabilityState> findAll(Collection<Integer> ids) {
        return jdbc.sql(SQL.in("{states} WHERE v.id = ANY (:ids)"))
                .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                .query(Vulnerabilities::state)
                .list();
    }

    /** Those vulnerabilities that a person has unlinked from their issue. Nothing automatic links them again. */
    public Set<Integer> disassociated(Collection<Integer> ids) {
        return Set.copyOf(jdbc.sql("SELECT id FROM vulnerability WHERE id = ANY (:ids) AND disassociated_manually")
                .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                .query(Integer.class)
                .list());
    }

    /**
     * Locks the vulnerability until the transaction ends and reads it. Rows that only refer to it (comments, tags) can
     * still be added.
     */
    public Optional<VulnerabilityState> lock(int id) {
        CallersTransaction.require();
        return lockAll(List.of(id)).stream().findFirst();
    }

    /** Those that exist, by id. */
    public Map<Integer, VulnerabilityState> findById(Collection<Integer> ids) {
        return findAll(ids).stream().collect(Collectors.toMap(VulnerabilityState::id, Function.identity()));
    }

    /** Locks in the order of the ids, so that two transactions with many vulnerabilities do not block each other. */
    public List<VulnerabilityState> lockAll(Collection<Integer> ids) {
        CallersTransaction.require();
        return jdbc.sql(SQL.in("{states} WHERE v.id = ANY (:ids) ORDER BY v.id FOR NO KEY UPDATE OF v"))
                .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                .query(Vulnerabilities::state)
                .list();
    }

    /**
     * Sets the status and writes the rows that belong to it, except the workspace's counters: the caller marks the
     * workspace to be counted later. Locks the workspace after the vulnerability.
     *
     * @param locked as {@link #lock} returned it in this transaction; if it has this status already, nothing is written
     * @param userId the user who made the change; null if it was no user of Faraday
     */
    public void changeStatus(VulnerabilityState locked, FaradayStatus to, @Nullable Integer userId) {
        CallersTransaction.require();
        if (locked.status() == to) {
            return;
        }
        int changed = jdbc.sql(SQL.in("""
            UPDATE vulnerability SET status = :to, {changed-by-user}
             WHERE id = :id AND status::text = :from"""))
                .param("id", locked.id())
                .param("user", userId, Types.INTEGER)
                .param("to", to.stored(), Types.OTHER)
                .param("from", locked.status().stored())
                .update();
        if (changed != 1) {
            throw new IllegalStateException("vulnerability " + locked.id() + " is not '" + locked.status()
                    + "' any more; it must be locked before its status is changed");
        }
        traces.leave(locked, to);
    }

    /** Writes the issue's key to Faraday's column issuetracker. */
    public void linkIssue(int id, String issueKey, @Nullable Integer userId) {
        CallersTransaction.require();
        linkIssues(List.of(new ShownIssue(id, issueKey, userId)));
    }

    /** @param userId the user who asked for the issue; null if it was no user of Faraday */
    public record ShownIssue(
            int vulnerabilityId, String issueKey, @Nullable Integer userId) {}

    public void linkIssues(List<ShownIssue> issues) {
        CallersTransaction.require();
        jdbc.sql("""
            UPDATE vulnerability v
               SET issuetracker = n.key, association_date = now() AT TIME ZONE 'utc', disassociated_manually = false,
                   update_date = now() AT TIME ZONE 'utc',
                   update_user_id = (SELECT u.id FROM faraday_user u WHERE u.id = n.user_id)
              FROM unnest(:ids::integer[], :keys::text[], :users::integer[]) AS n (id, key, user_id)
             WHERE v.id = n.id\
            """)
                .param("ids", issues.stream().map(ShownIssue::vulnerabilityId).toArray(Integer[]::new), Types.ARRAY)
                .param("keys", issues.stream().map(ShownIssue::issueKey).toArray(String[]::new), Types.ARRAY)
                .param("users", issues.stream().map(ShownIssue::userId).toArray(Integer[]::new), Types.ARRAY)
                .update();
    }

    /**
     * Writes the new key of an issue that was moved, or of one in a project with a new key. Only if the vulnerability
     * still shows the old key, since a person may have removed it.
     */
    public void updateIssueKey(int id, String oldKey, String newKey) {
        CallersTransaction.require();
        jdbc.sql("""
                        UPDATE vulnerability SET issuetracker = :new, update_date = now() AT TIME ZONE 'utc'
                         WHERE id = :id AND lower(btrim(issuetracker)) = lower(:old)""").param("new", newKey).param("id", id).param("old", oldKey).update();
    }

    /** Removes the issue's key because a person unlinked the issue, and keeps automatic exports away. */
    public void unlinkIssue(int id, @Nullable Integer userId) {
        CallersTransaction.require();
        jdbc.sql(SQL.in("""
            UPDATE vulnerability SET issuetracker = '', disassociated_manually = true, {changed-by-user}
             WHERE id = :id"""))
                .param("id", id)
                .param("user", userId, Types.INTEGER)
                .update();
    }

    /** Its issue stays behind, and it gets a new one: no person has unlinked it. */
    public void forgetIssue(int id) {
        CallersTransaction.require();
        jdbc.sql("UPDATE vulnerability SET issuetracker = '' WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** A person removed the issue's key in Faraday itself, which has already recorded who and when. */
    public void markDisassociated(int id) {
        CallersTransaction.require();
        jdbc.sql("UPDATE vulnerability SET disassociated_manually = true WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static VulnerabilityState state(ResultSet row, int number) throws SQLException {
        return new VulnerabilityState(
                row.getInt("id"),
                row.getInt("workspace_id"),
                row.getString("workspace_name"),
                FaradayStatus.of(row.getString("status")),
                row.getBoolean("confirmed"),
                row.getString("severity"),
                row.getString("issuetracker"),
                row.getBoolean("active"),
                row.getBoolean("readonly"),
                row.getString("name"));
    }
}
