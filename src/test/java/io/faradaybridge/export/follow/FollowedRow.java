package io.faradaybridge.export.follow;

import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.Link;

/** The rows of {@code followed_link} of a vulnerability, for stories. */
final class FollowedRow {

    private FollowedRow() {}

    /** What the vulnerability is now has been worked on. */
    static void awaitInStep(Link link) {
        await().until(() -> link.world()
                        .rows()
                        .sql("""
                SELECT count(*) FROM faraday_bridge.followed_link f
                  JOIN faraday_bridge.issue_link l ON l.id = f.link_id
                  JOIN vulnerability v ON v.id = l.vulnerability_id
                 WHERE v.id = ? AND l.ended_at IS NULL
                   AND f.row_version = v.xmin::text AND f.named = f.named_seen AND f.lease_token IS NULL""")
                        .param(link.vulnerability())
                        .query(Integer.class)
                        .single()
                == 1);
    }

    static int count(Link link) {
        return link.world()
                .rows()
                .sql("SELECT count(*) FROM faraday_bridge.followed_link f JOIN faraday_bridge.issue_link l"
                        + " ON l.id = f.link_id WHERE l.vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }

    /** The pause after a lost answer is over, in which Jira may still carry the call out. */
    static void pauseIsOver(Link link) {
        await().until(() -> link.world()
                        .rows()
                        .sql(
                                "UPDATE faraday_bridge.followed_link f SET retry_at = now() FROM faraday_bridge.issue_link l"
                                        + " WHERE l.id = f.link_id AND l.vulnerability_id = ? AND f.retry_at > now()")
                        .param(link.vulnerability())
                        .update()
                == 1);
    }
}
