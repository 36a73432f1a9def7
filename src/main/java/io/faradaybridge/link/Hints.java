package io.faradaybridge.link;

import io.faradaybridge.faraday.ChangeRights;
import io.faradaybridge.faraday.UserTokens;
import io.faradaybridge.jira.IssueSnapshot;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Leaves hints on links: the first thing that happens to whatever either side tells us. A hint equal to what we know
 * already is an echo and costs nothing, but only while nobody holds or drives the link; all in the hint's one update
 * (L3, L4).
 */
@Repository
public class Hints {

    // What the row says of a status named :status: our own echo, still on its way (counted apart), or old news.
    // A mark beside the intention means that nobody is driving now: the hint is news to the mark (L5).
    private static final String ECHO_OF_DRIVE =
            "(l.driving_since IS NOT NULL AND l.blocked_at IS NULL AND lower(btrim(l.driving_to_name)) = lower(btrim(:status)))";
    private static final String OLD_NEWS =
            "(l.lease_token IS NULL AND l.driving_since IS NULL AND CASE WHEN l.blocked_at IS NULL"
                    + " THEN lower(btrim(l.jira_status_name)) = lower(btrim(:status))"
                    + " ELSE l.blocked_code <> 'not-permitted'"
                    + " AND lower(btrim(l.blocked_jira_name)) = lower(btrim(:status)) END)";

    /** What the sweep finds takes no change from whoever made it. */
    static final String OF_THE_SWEEP =
            "hint_user_id = CASE WHEN l.hints > l.hints_seen THEN l.hint_user_id END, hint_correlation ="
                    + " CASE WHEN l.hints > l.hints_seen AND l.hint_user_id IS NOT NULL THEN l.hint_correlation"
                    + " ELSE :correlation END";

    // Not clock_timestamp(): all columns of one update must see the same answer.
    private static final String FREE = "(lease_token IS NULL OR lease_until < statement_timestamp())";
    private static final String CLEARED_IF_FREE = Stream.of(
                    "retry_at",
                    "blocked_reason",
                    "blocked_code",
                    "blocked_faraday",
                    "blocked_jira_id",
                    "blocked_jira_name",
                    "blocked_version",
                    "blocked_at")
            .map(column -> column + " = CASE WHEN " + FREE + " THEN NULL ELSE " + column + " END")
            .collect(Collectors.joining(", "));

    static final int MOST_UNLINKED = 5000;
    static final int KEPT_BETWEEN_TRIMS = 500;

    private final AtomicLong kept = new AtomicLong();
    private final JdbcClient jdbc;
    private final ChangeRights rights;

    Hints(JdbcClient jdbc, ChangeRights rights) {
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /**
     * What became of a webhook.
     *
     * @param userId whose token it carried
     * @param linkId null: the issue is not linked
     * @param vulnerabilityId null with it
     * @param issueKey the linked issue's, null with it
     * @param counted false: an echo, not linked, or not permitted
     * @param permitted false: the user may not change the vulnerabilities of its workspace, so the link knows nothing of it
     */
    public record Noted(
            int userId,
            @Nullable Long linkId,
            @Nullable Integer vulnerabilityId,
            @Nullable String issueKey,
            boolean counted,
            boolean permitted) {}

    /**
     * Token check, the user's right to change the vulnerability, and hint in one round trip. Who has no such right leaves
     * nothing on the link: neither the change nor its user is theirs to say.
     *
     * @param issueId Jira's id where the webhook carries it, else empty: then the key finds the link
     * @return empty where the token lets nobody in
     */
    public Optional<Noted> fromWebhook(
            String token, String issueId, String issueKey, String status, String correlationId) {
        return jdbc.sql("WITH caller AS (" + UserTokens.CALLER_SQL
                        + """
                        ), target AS (
                          SELECT l.id, l.vulnerability_id, l.issue_key, l.workspace_id
                            FROM faraday_bridge.issue_link l, caller
                           WHERE l.ended_at IS NULL
                             AND (l.issue_id = :issue OR :issue = '' AND l.issue_key = :key)
                        ), permitted AS (
                          SELECT target.id FROM target, caller WHERE
                        """
                        + rights.condition()
                        + """
                        ), hinted AS (
                          UPDATE faraday_bridge.issue_link l
                             SET hints = hints + CASE WHEN"""
                        + " " + ECHO_OF_DRIVE + " THEN 0 ELSE 1 END, echo_hints = echo_hints + CASE WHEN "
                        + ECHO_OF_DRIVE
                        + " THEN 1 ELSE 0 END,"
                        + """
                             hint_user_id = caller.user_id, hint_correlation = :correlation
                        FROM caller, permitted WHERE l.id = permitted.id AND NOT\
                        """
                        + " " + OLD_NEWS
                        + """
                          RETURNING l.id)
                        SELECT caller.user_id, target.id, target.vulnerability_id, target.issue_key,
                               hinted.id IS NOT NULL AS counted, permitted.id IS NOT NULL AS permitted
                          FROM caller LEFT JOIN target ON true LEFT JOIN hinted ON hinted.id = target.id
                          LEFT JOIN permitted ON permitted.id = target.id\
                        """)
                .param("token", token)
                .param("issue", issueId)
                .param("key", issueId.isEmpty() ? issueKey : "")
                .param("status", status)
                .param("correlation", correlationId)
                .query((rs, n) -> new Noted(
                        rs.getInt("user_id"),
                        rs.getObject("id", Long.class),
                        rs.getObject("vulnerability_id", Integer.class),
                        rs.getString("issue_key"),
                        rs.getBoolean("counted"),
                        rs.getBoolean("permitted")))
                .optional();
    }

    /** The newest word on an issue that is not linked (yet); a link being saved takes it up. */
    public void keepForUnlinked(String issueKey, String status, int userId) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.unlinked_hint AS h (issue_key, status_name, user_id)
                        VALUES (:key, :status, :user)
                        ON CONFLICT (issue_key) DO UPDATE SET status_name = excluded.status_name,
                               user_id = excluded.user_id, received_at = now(), received = h.received + 1""")
                .param("key", issueKey)
                .param("status", status)
                .param("user", userId)
                .update();
        if (kept.incrementAndGet() % KEPT_BETWEEN_TRIMS == 0) {
            trimUnlinked();
        }
    }

    /** Whoever has a token can make keys up: only the newest words are kept, and the sweep finds what the others said. */
    private void trimUnlinked() {
        jdbc.sql("""
                        DELETE FROM faraday_bridge.unlinked_hint WHERE issue_key IN (
                            SELECT issue_key FROM faraday_bridge.unlinked_hint
                            WHERE received_at <= (SELECT received_at FROM faraday_bridge.unlinked_hint
                                                  ORDER BY received_at DESC OFFSET :most LIMIT 1)
                            FOR UPDATE SKIP LOCKED)""").param("most", MOST_UNLINKED).update();
    }

    /**
     * The other half of "store, then look again": what came for an issue before its link was saved. Told before the link
     * was there, it is an echo under the same conditions as any other (L4); of a user without the right it is nothing.
     */
    public void takeUp(long linkId, String issueKey) {
        takeUp(Map.of(linkId, issueKey));
    }

    /** @param issueKeys by the ids of their links */
    public void takeUp(Map<Long, String> issueKeys) {
        jdbc.sql("""
            WITH caller AS (DELETE FROM faraday_bridge.unlinked_hint h
                             USING unnest(:links::bigint[], :keys::text[]) AS n (link_id, key)
                             WHERE h.issue_key = n.key RETURNING n.link_id, h.status_name, h.user_id),
                 target AS (SELECT id, workspace_id FROM faraday_bridge.issue_link WHERE id = ANY (:links))
            UPDATE faraday_bridge.issue_link l SET hints = hints + 1, hint_user_id = caller.user_id
              FROM caller, target
             WHERE l.id = caller.link_id AND target.id = l.id
               AND (l.lease_token IS NOT NULL OR l.driving_since IS NOT NULL
                OR lower(btrim(caller.status_name)) <> lower(btrim(l.jira_status_name)))
               AND
            """ + rights.condition())
                .param("links", issueKeys.keySet().toArray(Long[]::new), Types.ARRAY)
                .param("keys", issueKeys.values().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /** The issue's status is not to be assumed: Jira is asked (L12). */
    public void ask(Long... linkIds) {
        jdbc.sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1 WHERE id = ANY (:ids)")
                .param("ids", linkIds, Types.ARRAY)
                .update();
    }

    /** Forgets what nobody asked for. @return how many */
    public int forgetUnlinked() {
        return jdbc.sql("DELETE FROM faraday_bridge.unlinked_hint WHERE received_at < now() - interval '1 day'")
                .update();
    }

    /**
     * What the sweep found, by issue id: a hint where the status is news; the search index is never the truth. A webhook's
     * hint that no look has covered keeps its user and its event, whose change it is.
     */
    public List<LinkHint> fromSweep(Collection<IssueSnapshot> issues, String correlationId) {
        return issues.stream()
                .map(issue -> jdbc.sql("UPDATE faraday_bridge.issue_link l SET hints = hints + CASE WHEN "
                                + ECHO_OF_DRIVE
                                + " THEN 0 ELSE 1 END, echo_hints = echo_hints + CASE WHEN " + ECHO_OF_DRIVE
                                + " THEN 1 ELSE 0 END, " + OF_THE_SWEEP
                                + " WHERE l.ended_at IS NULL AND l.issue_id = :issue AND (NOT "
                                + OLD_NEWS + " OR l.lease_token IS NULL AND l.issue_key <> :key) RETURNING l.id")
                        .param("status", issue.status().name())
                        .param("issue", issue.id())
                        .param("key", issue.key())
                        .param("correlation", correlationId)
                        .query(Long.class)
                        .optional())
                .flatMap(Optional::stream)
                .map(id -> new LinkHint(id, correlationId))
                .toList();
    }

    /** "Look at this vulnerability": Faraday's own row is the truth, the counter makes the look certain. */
    public Optional<LinkHint> fromFaraday(int vulnerabilityId, String correlationId) {
        return jdbc.sql("""
                        UPDATE faraday_bridge.issue_link SET faraday_hints = faraday_hints + 1
                         WHERE vulnerability_id = :v AND ended_at IS NULL RETURNING id""")
                .param("v", vulnerabilityId)
                .query(Long.class)
                .optional()
                .map(id -> new LinkHint(id, correlationId));
    }

    /**
     * A person says that the cause is cured: mark and waiting end, and Jira is asked anew. A link in somebody's hands is
     * only hinted, since mark, lease and a call that may still be under way are its holder's (L1, L11).
     *
     * @return empty where the vulnerability is not linked
     */
    public Optional<LinkHint> replay(int vulnerabilityId, String correlationId) {
        return jdbc.sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1, hint_correlation = :correlation,"
                        + " attempts = CASE WHEN " + FREE + " THEN 0 ELSE attempts END, " + CLEARED_IF_FREE
                        + " WHERE vulnerability_id = :v AND ended_at IS NULL RETURNING id")
                .param("correlation", correlationId)
                .param("v", vulnerabilityId)
                .query(Long.class)
                .optional()
                .map(id -> new LinkHint(id, correlationId));
    }
}
