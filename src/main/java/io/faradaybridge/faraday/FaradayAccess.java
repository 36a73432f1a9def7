package io.faradaybridge.faraday;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks whether the database is Faraday's and whether the bridge's role has the rights that it needs. Reads the
 * catalogue only.
 */
@Component
public class FaradayAccess {

    /** If one of these tables is missing, the database is not Faraday's. */
    private static final List<String> ALWAYS =
            List.of("vulnerability", "workspace", "host", "service", "faraday_user", "configuration");

    /**
     * Table, right and columns, as {@code db/grants.sql} grants them. Tables that an older Faraday lacks are skipped.
     */
    private static final String NEEDED = """
        WITH needed (name, rights, columns) AS (VALUES
            ('vulnerability', 'SELECT', ''), ('workspace', 'SELECT', ''), ('host', 'SELECT', ''), ('service', 'SELECT', ''),
            ('source_code', 'SELECT', ''), ('hostname', 'SELECT', ''), ('faraday_user', 'SELECT', ''),
            ('faraday_role', 'SELECT', ''), ('roles_users', 'SELECT', ''), ('role_permission', 'SELECT', ''),
            ('permissions_unit', 'SELECT', ''), ('permissions_unit_action', 'SELECT', ''),
            ('workspace_permission_association', 'SELECT', ''),
            ('configuration', 'SELECT,INSERT', ''), ('configuration', 'UPDATE', 'value,update_date,update_user_id'),
            ('user_token', 'SELECT,INSERT', ''),
            ('user_token', 'UPDATE', 'alias,expires_at,hide,revoked,update_date,update_user_id'),
            ('severities_histogram', 'SELECT,INSERT,UPDATE', ''), ('vulnerability_status_history', 'INSERT', ''),
            ('vulnerability', 'UPDATE',
             'status,issuetracker,association_date,disassociated_manually,update_date,update_user_id'),
            ('workspace', 'UPDATE', 'update_date,vulnerability_open_count')),
        one AS (
            SELECT to_regclass(quote_ident(name)) AS relation, name, r AS right_, c AS column_name
              FROM needed, unnest(string_to_array(rights, ',')) r,
                   unnest(string_to_array(coalesce(nullif(columns, ''), '*'), ',')) c)
        SELECT right_ || ' on ' || name || CASE column_name WHEN '*' THEN '' ELSE ' (' || column_name || ')' END AS missing
          FROM one WHERE relation IS NOT NULL
           AND NOT CASE WHEN column_name = '*' THEN has_table_privilege(relation, right_)
                        ELSE coalesce((SELECT has_column_privilege(relation, a.attnum, right_) FROM pg_attribute a
                                        WHERE a.attrelid = relation AND a.attname = column_name
                                          AND a.attnum > 0 AND NOT a.attisdropped), true) END
        UNION ALL
        SELECT DISTINCT 'USAGE on the sequence of ' || name FROM one
         WHERE relation IS NOT NULL AND right_ = 'INSERT'
           AND NOT coalesce(has_sequence_privilege(pg_get_serial_sequence(quote_ident(name), 'id'), 'USAGE'), true)
        UNION ALL
        SELECT CASE WHEN to_regnamespace(:schema) IS NULL THEN 'CREATE on the database, or a schema ' || :schema || ' of its own'
                    ELSE 'CREATE and USAGE on the schema ' || :schema END
         WHERE NOT CASE WHEN to_regnamespace(:schema) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
                        ELSE has_schema_privilege(:schema, 'CREATE') AND has_schema_privilege(:schema, 'USAGE') END
        """;

    private final JdbcClient jdbc;

    public FaradayAccess(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is wrong and what to do; empty if nothing is.
     *
     * @param schema the bridge's own schema
     */
    public Optional<String> problem(String schema) {
        record Who(String role, String database, String searchPath) {}
        Who who = jdbc.sql("SELECT current_user::text, current_database()::text, current_setting('search_path')")
                .query((row, n) -> new Who(row.getString(1), row.getString(2), row.getString(3)))
                .single();
        List<String> unseen = jdbc.sql("""
            SELECT name FROM unnest(string_to_array(:names, ',')) name
             WHERE to_regclass(quote_ident(name)) IS NULL""")
                .param("names", String.join(",", ALWAYS))
                .query(String.class)
                .list();
        if (!unseen.isEmpty()) {
            return Optional.of(notFaradays(unseen, who.database(), who.role(), who.searchPath()));
        }
        List<String> missing =
                jdbc.sql(NEEDED).param("schema", schema).query(String.class).list();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the role '" + who.role() + "' lacks rights in Faraday's database '" + who.database() + "': "
                                + String.join(", ", missing)
                                + ". Faraday's owner grants them with db/grants.sql, which is in the jar and the"
                                + " repository");
    }

    private String notFaradays(List<String> unseen, String database, String role, String searchPath) {
        List<String> elsewhere = jdbc.sql("""
            SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relname = 'vulnerability' AND c.relkind IN ('r', 'p') ORDER BY 1""").query(String.class).list();
        String tables = unseen.stream().collect(Collectors.joining(", "));
        return elsewhere.isEmpty()
                ? "the database '" + database + "' is not Faraday's: it has no table " + tables
                        + ". Nothing was created in it; correct bridge.database.url"
                : "the role '" + role + "' does not see Faraday's table " + tables + " in the database '" + database
                        + "', which are in the schema " + String.join(", ", elsewhere)
                        + ": grant it USAGE there, or add it to the"
                        + " role's search_path, which is " + searchPath;
    }
}
