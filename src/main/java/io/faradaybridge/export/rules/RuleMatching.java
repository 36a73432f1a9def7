package io.faradaybridge.export.rules;

import io.faradaybridge.export.rules.RuleTerms.Terms;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Which vulnerabilities the rules match: the condition in one place, and the statements that look at a part of Faraday's
 * table.
 */
@Component
class RuleMatching {

    /** The index of {@code docs/operations.md}. */
    static final String INDEX = "vulnerability_export_rule";

    static final SqlClauses SQL = ItemState.SQL
            .with("rules", """
                SELECT * FROM jsonb_to_recordset(:rules::jsonb) AS r (project text, version text, severities text[],
                       workspaces integer[], tags integer[], ignored integer[], created_after timestamp)""")
            // the optional index has the same condition
            .with("candidate", """
                v.confirmed AND v.status IN ('open', 're-opened') AND v.issuetracker = '' AND NOT v.disassociated_manually""")
            .with("tagged", """
                SELECT FROM tag_object t
                 WHERE t.object_type = 'vulnerability' AND t.object_id = v.id AND t.tag_id""")
            .with("matches", """
                v.workspace_id = ANY (r.workspaces) AND v.severity::text = ANY (r.severities)
                AND (r.created_after IS NULL OR v.create_date > r.created_after)
                AND (r.tags IS NULL OR EXISTS ({tagged} = ANY (r.tags)))
                AND (r.ignored IS NULL OR NOT EXISTS ({tagged} = ANY (r.ignored)))""")
            // no issue is wanted by a user who ended a link or gave an export up; what the rule could not export is
            // tried again when it or the fields have changed, else once a day; active and ended links are asked for
            // apart, since each has an index of its own
            .with("free-of-exports", """
                NOT EXISTS (SELECT FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = v.id AND l.ended_at IS NULL)
                AND NOT EXISTS (SELECT FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = v.id AND l.ended_at IS NOT NULL)
                AND NOT EXISTS (
                    SELECT FROM faraday_bridge.export_item i JOIN faraday_bridge.export_batch b ON b.id = i.batch_id
                     WHERE i.vulnerability_id = v.id
                       AND (i.state IN {active} OR i.state IN ('unlinked', 'given-up')
                         OR i.state = 'refused' AND b.rule_version = r.version AND i.updated_at > now() - interval '1 day'))""")
            .with("columns", """
                v.id, v.confirmed, v.status, v.issuetracker, v.disassociated_manually, v.workspace_id, v.severity, v.create_date""")
            // what any of the rules might match, by the columns of the row alone
            .with("likely", """
                {candidate} AND v.workspace_id = ANY (:workspaces) AND v.severity = ANY (:severities::vulnerability_severity[])
                AND coalesce(v.create_date, '-infinity') >= :since::timestamp""");

    private static final String AFTER = SQL.in("""
        SELECT max(v.id) AS last, count(*) AS seen, array_agg(v.id ORDER BY v.id) FILTER (WHERE {likely}) AS likely
          FROM (SELECT {columns} FROM vulnerability v WHERE v.id > :after ORDER BY v.id LIMIT :part) v""");

    private static final String AMONG = SQL.in("""
        WITH r AS MATERIALIZED ({rules})
        SELECT v.id, min(r.project) AS project FROM vulnerability v JOIN r ON {matches} AND {free-of-exports}
         WHERE v.id = ANY (:ids) AND {candidate} GROUP BY v.id ORDER BY v.id""");

    private static final String BY_INDEX = SQL.in("""
        SELECT c.id FROM unnest(:workspaces) AS w (id)
         CROSS JOIN unnest(:severities::vulnerability_severity[]) AS s (name)
         CROSS JOIN LATERAL (
               SELECT v.id FROM vulnerability v
                WHERE {candidate} AND v.workspace_id = w.id AND v.severity = s.name AND v.create_date >= :since::timestamp
                ORDER BY v.create_date DESC LIMIT :part) c
         LIMIT :part""");

    private final JdbcClient jdbc;

    RuleMatching(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A part of the table.
     *
     * @param last the highest id of the part; 0 if it was empty
     * @param seen how many vulnerabilities the part has
     * @param likely those that a rule may match
     */
    record Part(int last, int seen, List<Integer> likely) {}

    /** The next vulnerabilities by id. Reads nothing but their rows, so that a million of them cost little. */
    Part after(Terms terms, int id, int part) {
        return likely(AFTER, terms)
                .param("after", id)
                .param("part", part)
                .query((row, n) ->
                        new Part(row.getInt("last"), row.getInt("seen"), Columns.list(row, "likely", Integer[].class)))
                .single();
    }

    /** The newest candidates of each workspace and severity that a rule names, by the optional index. */
    List<Integer> byIndex(Terms terms, int part) {
        return likely(BY_INDEX, terms).param("part", part).query(Integer.class).list();
    }

    private StatementSpec likely(String statement, Terms terms) {
        return jdbc.sql(statement)
                .param("workspaces", terms.workspaces().toArray(Integer[]::new), Types.ARRAY)
                .param("severities", terms.severities().toArray(String[]::new), Types.ARRAY)
                .param("since", terms.since());
    }

    /** @return the project whose rule matches, by vulnerability in ascending order */
    Map<Integer, String> among(Terms terms, Collection<Integer> ids) {
        Map<Integer, String> projects = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(AMONG)
                    .param("rules", terms.rules())
                    .param("ids", ids.toArray(Integer[]::new), Types.ARRAY)
                    .query((ResultSet row) -> {
                        projects.put(row.getInt("id"), row.getString("project"));
                    });
        }
        return projects;
    }

    /** Whether the optional index is there, complete, and on the table that the statements use. */
    boolean hasIndex() {
        return jdbc.sql("""
            SELECT count(*) > 0 FROM pg_index i
             WHERE i.indrelid = to_regclass('vulnerability') AND i.indexrelid = to_regclass(:name) AND i.indisvalid""").param("name", INDEX).query(Boolean.class).single();
    }

    int highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM vulnerability")
                .query(Integer.class)
                .single();
    }

    /** @param first the ids of the first of them */
    record All(long count, List<Integer> first) {}

    /** All that the one rule matches; reads the whole table. */
    All all(Terms terms, int most) {
        return jdbc.sql(SQL.in("""
            WITH r AS MATERIALIZED ({rules}),
                 m AS MATERIALIZED (SELECT v.id FROM vulnerability v JOIN r ON {matches} AND {free-of-exports} WHERE {candidate})
            SELECT (SELECT count(*) FROM m) AS total, ARRAY(SELECT id FROM m ORDER BY id LIMIT :most) AS first"""))
                .param("rules", terms.rules())
                .param("most", most)
                .query((row, n) -> new All(row.getLong("total"), Columns.list(row, "first", Integer[].class)))
                .single();
    }
}
