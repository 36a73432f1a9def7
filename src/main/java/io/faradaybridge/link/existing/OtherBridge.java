package io.faradaybridge.link.existing;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.JiraClient;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds out whether the bridge of another Faraday created an issue. Each creation carries a random marker that was
 * saved before. A marker that is not in this database belongs to another bridge, which may still keep the issue in
 * step.
 */
@Component
public class OtherBridge {

    private final JiraClient jira;
    private final JdbcClient jdbc;

    OtherBridge(JiraClient jira, JdbcClient jdbc) {
        this.jira = jira.interactive();
        this.jdbc = jdbc;
    }

    /** @return a warning that two bridges may move one issue; empty if no other bridge created it */
    public Optional<String> warning(IssueSnapshot issue) {
        return marker(issue)
                .filter(marker -> !isOurs(marker))
                .map(marker -> issue.key()
                        + " was created by the bridge of another Faraday: its marker " + marker
                        + " is not in this database. If that Faraday keeps it in step too, both will move it;"
                        + " unlink it there");
    }

    private Optional<String> marker(IssueSnapshot issue) {
        try {
            String marker = jira.issueProperty(issue.id(), JiraRequests.MARKER_PROPERTY)
                    .at("/value/marker")
                    .asText("");
            return marker.isEmpty() ? Optional.empty() : Optional.of(marker);
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private boolean isOurs(String marker) {
        UUID id;
        try {
            id = UUID.fromString(marker);
        } catch (IllegalArgumentException notOurForm) {
            return false;
        }
        return jdbc.sql("SELECT EXISTS (SELECT FROM faraday_bridge.export_item WHERE marker = :marker)")
                .param("marker", id)
                .query(Boolean.class)
                .single();
    }
}
