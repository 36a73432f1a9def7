package io.faradaybridge.sandbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Vulnerabilities by the hundred, for measuring. */
public final class SampleVulnerabilities {

    public static final int FIRST_OF_MANY = 1_000_000;

    private SampleVulnerabilities() {}

    /** Open, confirmed ones in {@link SampleFaraday#ACME_EXTERNAL}; their ids in ascending order. */
    public static List<Integer> insert(DataSource database, int count) {
        return insert(database, count, SampleFaraday.ACME_EXTERNAL, "open", true);
    }

    /** One more of them, for which Faraday shows the issue's key; its id. */
    public static int insertWithIssue(DataSource database, String issueKey) {
        int id = insert(database, 1).get(0);
        JdbcClient.create(database)
                .sql("UPDATE vulnerability SET issuetracker = ? WHERE id = ?")
                .param(issueKey)
                .param(id)
                .update();
        return id;
    }

    /** Spread over the workspace's services and all severities, each with a reference and a tag. */
    public static List<Integer> insert(
            DataSource database, int count, int workspaceId, String status, boolean confirmed) {
        List<Integer> ids = JdbcClient.create(database)
                .sql("""
                        WITH ids AS (
                            SELECT nextval(pg_get_serial_sequence('vulnerability', 'id'))::int AS id
                            FROM generate_series(1, :count)),
                        services AS (
                            SELECT array_agg(id ORDER BY id) AS all_of FROM service WHERE workspace_id = :workspace),
                        texts AS (
                            SELECT jsonb_object_agg(column_name, '') AS empty FROM information_schema.columns
                            WHERE table_name = 'vulnerability' AND is_nullable = 'NO' AND data_type = 'text'),
                        vulnerabilities AS (
                            INSERT INTO vulnerability
                            SELECT vulnerability.* FROM ids, services, texts, jsonb_populate_record(NULL::vulnerability, empty || jsonb_build_object(
                                'id', id, 'type', 'vulnerability', 'name', 'Outdated component no. ' || id,
                                'description', repeat('Component ' || id || ' has known weaknesses. ', 8),
                                'resolution', 'Update the component.', 'status', :status, 'confirmed', :confirmed,
                                'severity', (ARRAY['critical', 'high', 'medium', 'low', 'informational', 'unclassified'])[1 + id % 6],
                                'workspace_id', :workspace, 'service_id', all_of[1 + id % cardinality(all_of)],
                                'impact_accountability', false, 'impact_availability', false,
                                'impact_confidentiality', true, 'impact_integrity', false,
                                'disassociated_manually', false, 'tool', 'Nessus', 'creator_id', 3,
                                'create_date', now() AT TIME ZONE 'utc', 'update_date', now() AT TIME ZONE 'utc',
                                '_cvss3_vector_string', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
                                'cvss3_base_score', 7.5, 'cvss3_base_severity', 'high')) vulnerability
                            RETURNING id),
                        refs AS (
                            INSERT INTO vulnerability_reference (name, type, vulnerability_id)
                            SELECT 'https://example.com/advisory/' || id, 'other', id FROM vulnerabilities),
                        known_tag AS (
                            INSERT INTO tag (name, slug) VALUES ('bulk', 'bulk')
                            ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id),
                        tags AS (
                            INSERT INTO tag_object (object_id, object_type, tag_id)
                            SELECT v.id, 'vulnerability', t.id FROM vulnerabilities v, known_tag t)
                        SELECT id FROM vulnerabilities ORDER BY id
                        """)
                .param("count", count)
                .param("workspace", workspaceId)
                .param("status", status)
                .param("confirmed", confirmed)
                .query(Integer.class)
                .list();
        countAnew(database);
        return ids;
    }

    /**
     * As many as one likes in {@link SampleFaraday#ACME_EXTERNAL}, at most once for a database; so many of them, evenly
     * spread from {@value #FIRST_OF_MANY} on, are linked and in step. No Jira has their issues. Needs the bridge's schema.
     */
    public static void insertMany(DataSource database, int count, int links) {
        // Its functions are the session's.
        try (Connection session = database.getConnection()) {
            DataSource one = new SingleConnectionDataSource(session, true);
            FaradayDatabase.run(one, "large.sql");
            JdbcClient.create(one)
                    .sql("SELECT pg_temp.grow(:count), pg_temp.link(:links, :step)")
                    .param("count", count)
                    .param("links", links)
                    .param("step", count / links)
                    .query()
                    .listOfRows();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        JdbcClient.create(database)
                .sql("VACUUM ANALYZE vulnerability, faraday_bridge.issue_link")
                .update();
    }

    /** All counters of all workspaces and hosts, by other statements than the service's. */
    public static void countAnew(DataSource database) {
        FaradayDatabase.run(database, "counters.sql");
    }
}
