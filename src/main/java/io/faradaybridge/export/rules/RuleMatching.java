package io.faradaybridge.export.rules;

import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Which vulnerabilities the rules match: the condition in one place, and the statements that look at a part of Faraday's
 * table. Each takes the rules as {@link RuleTerms} gives them.
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
            // a user who ended a link or gave an export up wants no issue; what the rule could not export is tried
            // again
            // when it or the fields have changed, else once a day
            .with("free-of-exports", """
                NOT EXISTS (SELECT FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = v.id AND l.ended_at IS NULL)
                AND NOT EXISTS (SELECT FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = v.id AND l.ended_at IS NOT NULL)
                AND NOT EXISTS (
                    SELECT FROM faraday_bridge.export_item i JOIN faraday_bridge.export_batch b ON b.id = i.batch_id
                     WHERE i.vulnerability_id = v.id
                       AND (i.state IN {active} OR i.state IN ('unlinked', 'given-up')
                         OR i.state = 'refused' AND b.rule_version = r.version AND i.updated_at > now() - interval '1 day'))""")
            .with("columns", """
                v.id, v.confirmed, v.status, v.issuetracker, v.disassociated_manually, v.workspace_id, v.severity, v.create_date""");

    // the rules are read once, and all that is costly is asked only about candidates
    private static final String FOUND = """
        WITH r AS MATERIALIZED ({rules})
        SELECT max(c.id) AS last, count(*) AS seen,
               array_agg(c.id ORDER BY c.id) FILTER (WHERE c.project IS NOT NULL) AS ids,
               array_agg(c.project ORDER BY c.id) FILTER (WHERE c.project IS NOT NULL) AS projects
          FROM (SELECT v.id, CASE WHEN {candidate} THEN (
                         SELECT r.project FROM r WHERE {matches} AND {free-of-exports}
                          ORDER BY r.project LIMIT 1) END AS project
                  FROM ({part}) v) c""";

    private static final String AFTER =
            found("SELECT {columns} FROM vulnerability v WHERE v.id > :after ORDER BY v.id LIMIT :part");

    private static final String AMONG = found("SELECT {columns} FROM vulnerability v WHERE v.id = ANY (:ids)");

    private static final String BY_INDEX = found("""
        SELECT {columns}
          FROM r CROSS JOIN LATERAL unnest(r.workspaces) AS w (id) CROSS JOIN LATERAL unnest(r.severities) AS s (name)
         CROSS JOIN LATERAL (
               SELECT v.* FROM vulnerability v
                WHERE {candidate} AND v.workspace_id = w.id AND v.severity = s.name::vulnerability_severity
                  AND v.create_date > coalesce(r.created_after, '-infinity')
                ORDER BY v.create_date DESC LIMIT :part) v
         LIMIT :part""");

    private final JdbcClient jdbc;

    RuleMatching(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String found(String part) {
        return SQL.with("part", part).in(FOUND);
    }

    /**
     * What was found in a part of the table.
     *
     * @param last the highest id of the part; 0 if it was empty
     * @param seen how many vulnerabilities the part has
     * @param projects by vulnerability
     */
    record Found(int last, int seen, Map<Integer, String> projects) {}

    /** The next vulnerabilities by id. */
    Found after(String rules, int id, int part) {
        return found(jdbc.sql(AFTER).param("after", id).param("part", part), rules);
    }

    Found among(String rules, Collection<Integer> ids) {
        return found(jdbc.sql(AMONG).param("ids", ids.toArray(Integer[]::new), Types.ARRAY), rules);
    }

    /** The newest candidates of each workspace and severity that a rule names, by the optional index. */
    Found byIndex(String rules, int part) {
        return found(jdbc.sql(BY_INDEX).param("part", part), rules);
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
    All all(String rules, int most) {
        List<Long> count = new ArrayList<>(List.of(0L));
        List<Integer> first = jdbc.sql(SQL.in("""
            WITH r AS MATERIALIZED ({rules})
            SELECT v.id, count(*) OVER () AS total FROM vulnerability v JOIN r ON {matches} AND {free-of-exports}
             WHERE {candidate} ORDER BY v.id LIMIT :most"""))
                .param("rules", rules)
                .param("most", most)
                .query((row, n) -> {
                    count.set(0, row.getLong("total"));
                    return row.getInt("id");
                })
                .list();
        return new All(count.get(0), first);
    }

    private static Found found(StatementSpec statement, String rules) {
        return statement.param("rules", rules).query(RuleMatching::read).single();
    }

    private static Found read(ResultSet row, int number) throws SQLException {
        Map<Integer, String> projects = new LinkedHashMap<>();
        Array ids = row.getArray("ids");
        if (ids != null) {
            Integer[] found = (Integer[]) ids.getArray();
            String[] keys = (String[]) row.getArray("projects").getArray();
            for (int n = 0; n < found.length; n++) {
                projects.put(found[n], keys[n]);
            }
        }
        return new Found(row.getInt("last"), row.getInt("seen"), projects);
    }
}
