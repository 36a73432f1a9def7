package io.faradaybridge.link.existing;

import java.sql.Types;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Issues whose link has ended, because a person unlinked them or a new issue was made instead. */
@Component
public class EndedIssues {

    private final JdbcClient jdbc;

    EndedIssues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Set<String> among(Collection<String> issueIds) {
        return Set.copyOf(jdbc.sql("""
                        SELECT DISTINCT issue_id FROM faraday_bridge.issue_link
                         WHERE issue_id = ANY (:ids) AND ended_at IS NOT NULL""")
                .param("ids", issueIds.toArray(String[]::new), Types.ARRAY)
                .query(String.class)
                .list());
    }
}
