package io.faradaybridge.link;

import io.faradaybridge.faraday.ChangeRights;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores hints on links: the first step after every event of either side. A hint with the known status is an echo and
 * causes no work, but only while no worker holds or drives the link. One update stores the hint and tests this (L3,
 * L4).
 */
@Component
public class Hints {

    static final SqlClauses SQL = LinkSql.SQL
            .with("is-driven-to", hinted("l.driving_to"))
            .with("is-agreed", hinted("l.jira_status"))
            .with("is-blocked-at", hinted("l.blocked_jira"))
            // a hint with the status :status is the echo of a running drive, which is counted separately, or an already
            // known status; if the link is also blocked, no drive is running and it is compared with the block (L5)
            .with("echo-of-drive", """
                (l.driving_since IS NOT NULL AND l.blocked_at IS NULL
                 AND {is-driven-to})""")
            .with("known-status", """
                (CASE WHEN l.blocked_at IS NULL THEN
                           {is-agreed}
                      ELSE NOT {blocked-by-rights} AND
                           {is-blocked-at} END)""")
            // the issue has another key than the bridge knows: it was moved
            .with("moved", "(l.lease_token IS NULL AND :key <> '' AND upper(l.issue_key) <> upper(:key))")
            .with("old-news", "(l.lease_token IS NULL AND l.driving_since IS NULL AND {known-status})")
            // left to the next sweep, which finds it again: what the link's last settling may have covered; the age is
            // null if the next sweep may not find it
            .with("covered", """
                (:age::float8 IS NOT NULL AND ({known-status}
                  OR clock_timestamp() - :age::float8 * interval '1 second' < l.settled_at))""")
            .with("counted", """
                hints = hints + CASE WHEN {echo-of-drive} THEN 0 ELSE 1 END,
                echo_hints = echo_hints + CASE WHEN {echo-of-drive} THEN 1 ELSE 0 END""")
            // a hint of the sweep does not replace the user of an unseen webhook
            .with("of-the-sweep", """
                hint_user_id = CASE WHEN l.hints > l.hints_seen THEN l.hint_user_id END,
                hint_correlation = CASE WHEN l.hints > l.hints_seen AND l.hint_user_id IS NOT NULL
                                        THEN l.hint_correlation ELSE :correlation END""");

    /** Whether the status in two columns is that of the hint: by id where both ids are known, else by name. */
    private static String hinted(String columns) {
        return """
            (CASE WHEN :statusId <> '' AND %1$s_id <> '' THEN %1$s_id = :statusId
                  ELSE lower(btrim(%1$s_name)) = lower(btrim(:status)) END)""".formatted(columns);
    }

    // not clock_timestamp(): all columns of one update must see the same time
    private static final String FREE = "(lease_token IS NULL OR lease_until < statement_timestamp())";
    private static final String CLEARED_IF_FREE = "attempts = CASE WHEN " + FREE + " THEN 0 ELSE attempts END, "
            + Stream.of(("retry_at blocked_reason blocked_code blocked_faraday blocked_jira_id blocked_jira_name"
                                    + " blocked_version blocked_at")
                            .split(" "))
                    .map(column -> column + " = CASE WHEN " + FREE + " THEN NULL ELSE " + column + " END")
                    .collect(Collectors.joining(", "));

    static final int MOST_UNLINKED = 5000;
    static final int KEPT_BETWEEN_TRIMS = 500;

    private final AtomicLong kept = new AtomicLong();
    /** Made once, because putting one together takes a seventh of a webhook's processor time. */
    private final Map<List<String>, String> ofWebhooks = new ConcurrentHashMap<>();

    private final JdbcClient jdbc;
    private final ChangeRights rights;

    Hints(JdbcClient jdbc, ChangeRights rights) {
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /**
     * The result of a webhook.
     *
     * @param userId the owner of its token
     * @param linkId null if the issue is not linked
     * @param vulnerabilityId null if the issue is not linked
     * @param issueKey the key of the linked issue; null if the issue is not linked
     * @param counted false for an echo, and if the issue is not linked or the user is not permitted
     * @param permitted false if the user may not change the vulnerabilities of the workspace; then nothing is stored on
     *     the link
     * @param told whether {@link ProjectWebhooks#accepted} would write nothing now
     */
    public record Noted(
            int userId,
            @Nullable Long linkId,
            @Nullable Integer vulnerabilityId,
            @Nullable String issueKey,
            boolean counted,
            boolean permitted,
            boolean told) {}

    /** Published when a webhook that may tell of a comment named the issue of a link. */
    public record IssueNamed(long linkId) {}

    /**
     * Checks the caller's right to change the vulnerability, and stores the hint, in one round trip. Without that right
     * nothing is stored on the link.
     *
     * @param issueId Jira's id if the webhook has it; if empty, the link is found by the key
     * @param status without name and id if it is not known; then the hint is never an echo. Null if the webhook says nothing
     *     of it; then no hint is stored
     * @return empty if the token is not valid
     */
    public Optional<Noted> fromWebhook(
            WebhookCaller caller, String issueId, String issueKey, @Nullable JiraStatus status, String correlationId) {
        return jdbc.sql(ofWebhook(caller.sql(), rights.condition()))
                .param("caller", caller.value())
                .param("issue", issueId)
                .param("key", issueKey)
                .param("tells", status != null)
                .param("status", status == null ? "" : status.name())
                .param("statusId", status == null ? "" : status.id())
                .param("correlation", correlationId)
                .query((rs, n) -> new Noted(
                        rs.getInt("user_id"),
                        rs.getObject("id", Long.class),
                        rs.getObject("vulnerability_id", Integer.class),
                        rs.getString("issue_key"),
                        rs.getBoolean("counted"),
                        rs.getBoolean("permitted"),
                        rs.getBoolean("told")))
                .optional();
    }

    private String ofWebhook(String caller, String mayChange) {
        return ofWebhooks.computeIfAbsent(List.of(caller, mayChange), either -> SQL.with("caller", caller)
                .with("may-change", mayChange)
                .with("told", ProjectWebhooks.TOLD)
                .in("""
            WITH caller AS ({caller}),
                 target AS (SELECT l.id, l.vulnerability_id, l.issue_key, l.workspace_id
                              FROM faraday_bridge.issue_link l, caller
                             WHERE {active} AND (l.issue_id = :issue OR :issue = '' AND l.issue_key = :key)),
                 permitted AS (SELECT target.id FROM target, caller WHERE {may-change}),
                 hinted AS (UPDATE faraday_bridge.issue_link l
                               SET {counted}, hint_user_id = caller.user_id, hint_correlation = :correlation
                              FROM caller, permitted WHERE l.id = permitted.id AND :tells AND (NOT {old-news} OR {moved})
                         RETURNING l.id, l.hints <> l.hints_seen AS unseen)
            SELECT caller.user_id, target.id, target.vulnerability_id, target.issue_key,
                   coalesce(hinted.unseen, false) AS counted, permitted.id IS NOT NULL AS permitted,
                   {told} AS told
              FROM caller LEFT JOIN target ON true LEFT JOIN hinted ON hinted.id = target.id
              LEFT JOIN permitted ON permitted.id = target.id"""));
    }

    /** Stores the newest hint for an issue that is not linked yet. A link that is saved later uses it. */
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

    /**
     * Keeps only the newest of these hints, because every owner of a token can send invented keys. The sweep finds the
     * changes of the others.
     */
    private void trimUnlinked() {
        jdbc.sql("""
                        DELETE FROM faraday_bridge.unlinked_hint WHERE issue_key IN (
                            SELECT issue_key FROM faraday_bridge.unlinked_hint
                            WHERE received_at <= (SELECT received_at FROM faraday_bridge.unlinked_hint
                                                  ORDER BY received_at DESC OFFSET :most LIMIT 1)
                            FOR UPDATE SKIP LOCKED)""").param("most", MOST_UNLINKED).update();
    }

    /**
     * Moves the hint that came before the link was saved to the link. It is an echo under the same conditions as any
     * other hint (L4). A hint of a user without the right is ignored.
     */
    public void takeUp(long linkId, String issueKey) {
        takeUp(Map.of(linkId, issueKey));
    }

    /** @param issueKeys by the ids of their links */
    public void takeUp(Map<Long, String> issueKeys) {
        jdbc.sql(SQL.with("may-change", rights.condition()).in("""
            WITH caller AS (DELETE FROM faraday_bridge.unlinked_hint h
                             USING unnest(:links::bigint[], :keys::text[]) AS n (link_id, key)
                             WHERE h.issue_key = n.key RETURNING n.link_id, h.status_name, h.user_id),
                 target AS (SELECT id, workspace_id FROM faraday_bridge.issue_link WHERE id = ANY (:links))
            UPDATE faraday_bridge.issue_link l SET hints = hints + 1, hint_user_id = caller.user_id
              FROM caller, target
             WHERE l.id = caller.link_id AND target.id = l.id
               AND (l.lease_token IS NOT NULL OR l.driving_since IS NOT NULL
                OR lower(btrim(caller.status_name)) <> lower(btrim(l.jira_status_name)))
               AND {may-change}"""))
                .param("links", issueKeys.keySet().toArray(Long[]::new), Types.ARRAY)
                .param("keys", issueKeys.values().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /** Leaves a hint, so that the issue's status is not assumed and Jira is asked (L12). */
    public void ask(Long... linkIds) {
        jdbc.sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1 WHERE id = ANY (:ids)")
                .param("ids", linkIds, Types.ARRAY)
                .update();
    }

    /** Deletes old hints for issues that were not linked. @return how many */
    public int forgetUnlinked() {
        return jdbc.sql("DELETE FROM faraday_bridge.unlinked_hint WHERE received_at < now() - interval '1 day'")
                .update();
    }

    /**
     * Stores a hint for each issue of the sweep whose status is new, by issue id. The status itself is not used, since
     * it comes from a search index. A finding that is older than the link's last settling is no hint, as long as the next
     * sweep finds it again. An unseen hint of a webhook keeps its user and its event.
     *
     * @param ageIfFoundAgain how old a finding is; empty if the next sweep may not find it again
     */
    public List<LinkHint> fromSweep(
            Collection<IssueSnapshot> issues,
            Function<IssueSnapshot, Optional<Duration>> ageIfFoundAgain,
            String correlationId) {
        return issues.stream()
                .map(issue -> jdbc.sql(SQL.in("""
                    UPDATE faraday_bridge.issue_link l SET {counted}, {of-the-sweep}
                     WHERE {active} AND l.issue_id = :issue
                       AND (NOT {old-news} AND NOT {covered} OR {moved})
                    RETURNING l.id"""))
                        .param(
                                "age",
                                ageIfFoundAgain
                                        .apply(issue)
                                        .map(age -> age.toMillis() / 1000.0)
                                        .orElse(null))
                        .param("status", issue.status().name())
                        .param("statusId", issue.status().id())
                        .param("issue", issue.id())
                        .param("key", issue.key())
                        .param("correlation", correlationId)
                        .query(Long.class)
                        .optional())
                .flatMap(Optional::stream)
                .map(id -> new LinkHint(id, correlationId))
                .toList();
    }

    /** Stores a hint for a vulnerability. Faraday's row holds the status; the counter ensures that a look follows. */
    public Optional<LinkHint> fromFaraday(int vulnerabilityId, String correlationId) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l SET faraday_hints = faraday_hints + 1
             WHERE l.vulnerability_id = :v AND {active} RETURNING l.id"""))
                .param("v", vulnerabilityId)
                .query(Long.class)
                .optional()
                .map(id -> new LinkHint(id, correlationId));
    }

    /**
     * A user says that the cause is removed: block and waiting end, and Jira is asked again. If a worker holds the
     * link, only a hint is stored, because block, lease and a running call belong to the holder (L1, L11).
     *
     * @return empty if the vulnerability is not linked
     */
    public Optional<LinkHint> replay(int vulnerabilityId, String correlationId) {
        return jdbc.sql(SQL.with("cleared-if-free", CLEARED_IF_FREE).in("""
            UPDATE faraday_bridge.issue_link l
               SET hints = hints + 1, hint_correlation = :correlation, {cleared-if-free}
             WHERE l.vulnerability_id = :v AND {active} RETURNING l.id"""))
                .param("correlation", correlationId)
                .param("v", vulnerabilityId)
                .query(Long.class)
                .optional()
                .map(id -> new LinkHint(id, correlationId));
    }
}
