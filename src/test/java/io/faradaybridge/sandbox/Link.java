package io.faradaybridge.sandbox;

import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.jira.ReceivedCall;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vulnerability and its issue, for a story: exported by the bridge itself. */
public record Link(BridgeWorld world, int vulnerability, String issueKey) {

    private static final Duration SOON = Duration.ofSeconds(60);

    public static Link exported(BridgeWorld world, String project) {
        return exported(world, project, 1).get(0);
    }

    public static List<Link> exported(BridgeWorld world, String project, int count) {
        List<Integer> vulnerabilities = world.vulnerabilities(count);
        long batch = world.export(vulnerabilities, project).path("id").asLong();
        await().atMost(SOON).until(() -> world.batch(batch).path("finished").asBoolean());
        List<Link> links = new ArrayList<>();
        vulnerabilities.forEach(id -> links.add(new Link(world, id, world.issueKey(id))));
        links.forEach(link -> {
            if (link.issueKey().isEmpty()) {
                throw new IllegalStateException(
                        "vulnerability " + link.vulnerability() + " was not exported: " + world.batch(batch));
            }
        });
        return links;
    }

    public String faraday() {
        return world.status(vulnerability);
    }

    /** The user of Faraday who changed the vulnerability last; null if it was none. */
    public @Nullable Integer changedBy() {
        return world.rows()
                .sql("SELECT update_user_id FROM vulnerability WHERE id = ?")
                .param(vulnerability)
                .query(Integer.class)
                .single();
    }

    public String jira() {
        return world.jira().issue(issueKey).statusName();
    }

    /**
     * What Jira was asked about this issue, by its id or key. A world is shared: its sweep, its credential's check
     * and the links of other stories ask too, at any time.
     */
    public List<ReceivedCall> calls() {
        String id = world.jira().issue(issueKey).id();
        return world.jira().requests().stream()
                .filter(call -> call.path().matches(".*/issue/(" + id + "|" + issueKey + ")(/.*)?"))
                .toList();
    }

    public long count(ReceivedCall.Kind kind) {
        return calls().stream().filter(call -> call.kind() == kind).count();
    }

    public void awaitFaraday(String status) {
        await("vulnerability " + vulnerability + " to be " + status)
                .atMost(SOON)
                .until(() -> faraday().equals(status));
    }

    public void awaitJira(String status) {
        await(issueKey + " to be in " + status).atMost(SOON).until(() -> jira().equals(status));
    }

    /** Nobody holds the link, nothing of it is due: whatever was to happen has happened. */
    public void awaitQuiet() {
        awaitQuiet(SOON);
    }

    public void awaitQuiet(Duration atMost) {
        await("the link of " + issueKey + " to be settled").atMost(atMost).until(this::isQuiet);
    }

    public boolean isQuiet() {
        return world.rows().sql("""
                                        SELECT count(*) FROM faraday_bridge.issue_link l
                                          JOIN vulnerability v ON v.id = l.vulnerability_id
                                         WHERE l.vulnerability_id = ? AND l.ended_at IS NULL AND l.lease_token IS NULL AND l.hints = l.hints_seen
                                           AND l.faraday_hints = l.faraday_hints_seen AND l.driving_since IS NULL
                                           AND (l.blocked_at IS NOT NULL OR l.faraday_status = v.status::text)""").param(vulnerability).query(Integer.class).single() == 1;
    }

    /** The lease outlives what Jira may still be doing after a lost answer; a story need not wait for it. */
    public void leaseRunsOut() {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET lease_until = now(), retry_at = NULL"
                        + " WHERE vulnerability_id = ? AND ended_at IS NULL")
                .param(vulnerability)
                .update();
    }

    /** Jira's webhooks tell of what happens in the project: one has just come in, of the status that is known already. */
    public Link webhooksCome() {
        HttpResponse<String> answer = world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + issueKey + "\", \"status\": \"" + jira() + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return this;
    }

    public String blockedReason() {
        return world.rows()
                .sql("SELECT coalesce(blocked_reason, '') FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(vulnerability)
                .query(String.class)
                .single();
    }

    public List<String> outcomes() {
        return world.outcomes(vulnerability);
    }
}
