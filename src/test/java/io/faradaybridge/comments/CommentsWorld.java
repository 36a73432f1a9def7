package io.faradaybridge.comments;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comments on both sides of a world, and the administrator who lets them be copied. */
record CommentsWorld(BridgeWorld world, Administrator administrator) {

    static final String PATH = "projects/SEC/comments";

    static CommentsWorld of(BridgeWorld world) {
        return new CommentsWorld(world, Administrator.of(world));
    }

    void copy(String which) {
        administrator.put(PATH, "{'comments': '" + which + "'}");
    }

    /** A pentester comments on the vulnerability in Faraday. @return the comment's id */
    int write(Link link, String text) {
        return write(link, text, "user", SampleFaraday.PENTESTER);
    }

    int write(Link link, String text, String type, @Nullable Integer author) {
        return world.rows()
                .sql("""
            INSERT INTO comment (comment_type, text, workspace_id, object_id, object_type, creator_id, create_date)
            SELECT ?::comment_types, ?, v.workspace_id, v.id, 'vulnerability', ?, now() AT TIME ZONE 'utc'
              FROM vulnerability v WHERE v.id = ? RETURNING id""")
                .param(type)
                .param(text)
                .param(author)
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }

    /** The texts of the vulnerability's comments in Faraday, oldest first. */
    List<String> inFaraday(Link link) {
        return world.rows()
                .sql("""
            SELECT text FROM comment WHERE object_id = ? AND object_type = 'vulnerability' AND comment_type = 'user' ORDER BY id""")
                .param(link.vulnerability())
                .query(String.class)
                .list();
    }

    /** The texts of the issue's comments, oldest first. */
    List<String> inJira(Link link) {
        return world.jira().issue(link.issueKey()).comments().stream()
                .map(comment -> comment.path("body").asText())
                .toList();
    }

    JsonNode onlyCommentInJira(Link link) {
        return world.jira().issue(link.issueKey()).comments().get(0);
    }

    /** Every comment in Faraday was looked at, and what was found is done, or waits for a time to pass. */
    void awaitWorkedOff(Link link) {
        await().untilAsserted(() -> {
            if (!isWorkedOff(link)) {
                throw new AssertionError("comments of " + link.issueKey() + " are due");
            }
        });
    }

    private boolean isWorkedOff(Link link) {
        return world.rows()
                        .sql("""
                SELECT (SELECT count(*) FROM faraday_bridge.commented_project
                         WHERE to_jira_since IS NOT NULL AND seen_id < (SELECT max(id) FROM comment))
                     + (SELECT count(*) FROM faraday_bridge.copied_comment c JOIN faraday_bridge.issue_link l ON l.id = c.link_id
                         WHERE l.vulnerability_id = :v AND c.state = 'due')
                     + (SELECT count(*) FROM faraday_bridge.commented_link f JOIN faraday_bridge.issue_link l ON l.id = f.link_id
                         WHERE l.vulnerability_id = :v AND f.named <> f.named_seen)""")
                        .param("v", link.vulnerability())
                        .query(Integer.class)
                        .single()
                == 0;
    }

    /** A call of Jira went out without an answer, and the lease is kept for as long as Jira may go on. */
    void awaitLostAnswer(Link link) {
        await().until(() -> link.outcomes().contains("postponed"));
    }

    /** As if all leases had ended and all waiting were over. */
    void timePasses() {
        world.rows().sql("""
            UPDATE faraday_bridge.commented_link
               SET lease_until = lease_until - interval '2 hours', retry_at = retry_at - interval '2 hours'""").update();
    }

    List<String> details(Link link, String outcome) {
        return world.rows()
                .sql(
                        "SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? AND outcome = ? ORDER BY id")
                .param(link.vulnerability())
                .param(outcome)
                .query(String.class)
                .list();
    }
}
