package io.faradaybridge.link;

import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether an issue was created by the bridge of another Faraday. Each creation carries a random marker that the bridge saved
 * before; a marker that is not in this database is another one's, who may still keep that issue in step.
 */
@Component
public class OtherBridge {

    private final JiraClient jira;
    private final JdbcClient jdbc;

    OtherBridge(JiraClient jira, JdbcClient jdbc) {
        this.jira = jira.interactive();
        this.jdbc = jdbc;
    }

    /** @return what a person has to know before two bridges move one issue; empty: nobody else made it */
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
