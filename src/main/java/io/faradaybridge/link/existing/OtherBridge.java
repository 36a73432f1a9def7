package io.faradaybridge.link.existing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.faraday.VulnerabilityIdentities;
import io.faradaybridge.faraday.VulnerabilityIdentity;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.JiraClient;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds out whether the bridge of another Faraday created an issue. Each creation carries a random marker that was
 * saved before. A marker that is not in this database belongs to another bridge, which may still keep the issue in
 * step, unless the issue was made for a vulnerability of this Faraday and the database was restored since.
 */
@Component
public class OtherBridge {

    private final JiraClient jira;
    private final VulnerabilityIdentities identities;
    private final JdbcClient jdbc;

    OtherBridge(JiraClient jira, VulnerabilityIdentities identities, JdbcClient jdbc) {
        this.jira = jira.interactive();
        this.identities = identities;
        this.jdbc = jdbc;
    }

    /** @return a warning that two bridges may move one issue; empty if no other bridge created it */
    public Optional<String> warning(IssueSnapshot issue) {
        JsonNode value = value(issue);
        String marker = value.path("marker").asText("");
        return marker.isEmpty() || isOurs(marker) || isForOurs(value)
                ? Optional.empty()
                : Optional.of(issue.key() + " was created by the bridge of another Faraday: its marker " + marker
                        + " is not in this database. If that Faraday keeps it in step too, both will move it;"
                        + " unlink it there. After a restore it may also be this bridge's own, made since the backup");
    }

    private JsonNode value(IssueSnapshot issue) {
        try {
            return jira.issueProperty(issue.id(), JiraRequests.MARKER_PROPERTY).path("value");
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                return MissingNode.getInstance();
            }
            throw failure;
        }
    }

    private boolean isForOurs(JsonNode value) {
        return VulnerabilityIdentity.in(value)
                .filter(made -> made.equals(identities.of(List.of(made.id())).get(made.id())))
                .isPresent();
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
