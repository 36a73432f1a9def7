package io.faradaybridge.faraday;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Faraday's vulnerabilities. What writes joins the caller's transaction, and writes what Faraday itself would: it has no
 * triggers and no defaults, so every row that depends on a status is ours to keep.
 */
@Repository
public class Vulnerabilities {

    /** Columns {@code id}, {@code status} (text), {@code issuetracker} and {@code writable}, for a statement over many links. */
    public static final String STATUS_SQL = """
            SELECT sv.id, sv.status::text AS status, sv.issuetracker, sw.active AND NOT sw.readonly AS writable
              FROM vulnerability sv JOIN workspace sw ON sw.id = sv.workspace_id""";

    /** The same without {@code writable}, for looking them up one by one: {@code sv} is the table. */
    public static final String SHOWN_SQL =
            "SELECT sv.id, sv.status::text AS status, sv.issuetracker, sv.workspace_id FROM vulnerability sv";

    private static final String STATE_SQL = """
            SELECT v.id, v.workspace_id, w.name AS workspace_name, v.status::text, v.confirmed, v.severity::text,
                   v.issuetracker, w.active, w.readonly, v.name
              FROM vulnerability v JOIN workspace w ON w.id = v.workspace_id
             WHERE v.id =""";

    // A user deleted meanwhile must not fail the change: the column has a foreign key.
    private static final String TOUCH = """
             update_date = now() AT TIME ZONE 'utc',
             update_user_id = (SELECT u.id FROM faraday_user u WHERE u.id = :user)
             WHERE id = :id""";

    private final JdbcClient jdbc;
    private final StatusChangeTraces traces;

    Vulnerabilities(JdbcClient jdbc, StatusChangeTraces traces) {
        this.jdbc = jdbc;
        this.traces = traces;
    }

    public Optional<VulnerabilityState> find(int id) {
        return jdbc.sql(STATE_SQL + " :id")
                .param("id", id)
                .query(Vulnerabilities::state)
                .optional();
    }

    /** Those that exist, in no particular order. */
    public List<VulnerabilityState> findAll(Collection<Integer> ids) {
        return jdbc.sql(STATE_SQL + " ANY (:ids)")
                .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                .query(Vulnerabilities::state)
                .list();
    }

    /** Those of them whose issue a person took away; nothing automatic gives them another. */
    public Set<Integer> disassociated(Collection<Integer> ids) {
        return Set.copyOf(jdbc.sql("SELECT id FROM vulnerability WHERE id = ANY (:ids) AND disassociated_manually")
                .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                .query(Integer.class)
                .list());
    }

    /**
     * The vulnerability as it is once nobody else can change it, until the transaction ends. Rows that only refer to it
     * (comments, tags) can still be added meanwhile.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<VulnerabilityState> lock(int id) {
        return jdbc.sql(STATE_SQL + " :id FOR NO KEY UPDATE OF v")
                .param("id", id)
                .query(Vulnerabilities::state)
                .optional();
    }

    /**
     * Sets the status with all that must follow it, except the workspace's counters, which the caller has counted anew
     * later. Locks the workspace after the vulnerability.
     *
     * @param locked as {@link #lock} gave it in this transaction; of the same status already: nothing is written
     * @param userId who asked for it; null: nobody in Faraday
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changeStatus(VulnerabilityState locked, FaradayStatus to, @Nullable Integer userId) {
        if (locked.status() == to) {
            return;
        }
        int changed = touching(
                        "UPDATE vulnerability SET status = :to,", " AND status::text = :from", locked.id(), userId)
                .param("to", to.stored(), Types.OTHER)
                .param("from", locked.status().stored())
                .update();
        if (changed != 1) {
            throw new IllegalStateException("vulnerability " + locked.id() + " is not '" + locked.status()
                    + "' any more; it must be locked before its status is changed");
        }
        traces.leave(locked, to);
    }

    /** Shows the issue beside the vulnerability, in Faraday's column issuetracker. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void linkIssue(int id, String issueKey, @Nullable Integer userId) {
        touching("""
            UPDATE vulnerability
               SET issuetracker = :key, association_date = now() AT TIME ZONE 'utc',
                   disassociated_manually = false,\
            """, "", id, userId).param("key", issueKey).update();
    }

    /**
     * The issue was moved or its project renamed: the same issue, another key. Only where the vulnerability still shows the
     * old one: somebody may have taken it away.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void updateIssueKey(int id, String oldKey, String newKey) {
        jdbc.sql("""
                        UPDATE vulnerability SET issuetracker = :new, update_date = now() AT TIME ZONE 'utc'
                         WHERE id = :id AND lower(btrim(issuetracker)) = lower(:old)""").param("new", newKey).param("id", id).param("old", oldKey).update();
    }

    /** Issue and vulnerability go separate ways from now on, because somebody said so. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void unlinkIssue(int id, @Nullable Integer userId) {
        touching("UPDATE vulnerability SET issuetracker = '', disassociated_manually = true,", "", id, userId)
                .update();
    }

    /** Somebody took the issue's key away in Faraday itself, whose row says already who and when. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void markDisassociated(int id) {
        jdbc.sql("UPDATE vulnerability SET disassociated_manually = true WHERE id = :id")
                .param("id", id)
                .update();
    }

    private StatementSpec touching(String update, String condition, int id, @Nullable Integer userId) {
        return jdbc.sql(update + TOUCH + condition).param("id", id).param("user", userId, Types.INTEGER);
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
