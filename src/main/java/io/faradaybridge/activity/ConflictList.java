package io.faradaybridge.activity;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Conflicts that no user has seen yet, in the inbox: the policy has decided, and somebody's move was overwritten. */
@Component
class ConflictList implements InboxList {

    private static final String ROWS = """
        SELECT a.id, a.at, left(md5(split_part(a.issue_key, '-', 1) || ' ' || a.detail), 16) AS "group",
               NULL::text AS code, a.detail AS cause, split_part(a.issue_key, '-', 1) AS project, a.issue_key,
               a.vulnerability_id, '{}'::jsonb AS facts
          FROM faraday_bridge.activity a
         WHERE a.outcome = 'CONFLICT' AND NOT a.seen
           AND (:everywhere OR a.workspace_id = ANY (:workspaces) OR :general AND a.vulnerability_id IS NULL)""";

    private final JdbcClient jdbc;
    private final Activity activity;
    private final TransactionOperations transaction;

    ConflictList(JdbcClient jdbc, Activity activity, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.activity = activity;
        this.transaction = transaction;
    }

    @Override
    public InboxKind kind() {
        return InboxKind.CONFLICTS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public List<String> facts() {
        return List.of();
    }

    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        return new InboxEffects()
                .does("taken from the list; both sides stay as they are", confirmed ? seen(ids, user) : ids.size());
    }

    private int seen(List<Long> ids, FaradayUser user) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<Activity.Event> seen = jdbc.sql("""
                UPDATE faraday_bridge.activity SET seen = true
                 WHERE id IN (SELECT id FROM faraday_bridge.activity WHERE id = ANY (:ids) AND NOT seen ORDER BY id FOR UPDATE)
                RETURNING correlation_id, vulnerability_id, issue_key, detail""")
                    .param("ids", ids.toArray(Long[]::new), Types.ARRAY)
                    .query((row, n) -> new Activity.Event(
                            new Activity.Subject(
                                    row.getString("correlation_id"),
                                    row.getObject("vulnerability_id", Integer.class),
                                    row.getString("issue_key")),
                            "conflict seen by " + user.username() + ": " + row.getString("detail"),
                            user.id(),
                            null))
                    .list();
            activity.recordAll(Outcome.DISCARDED, seen);
            return seen.size();
        }));
    }
}
