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
     * Tables with rights and columns, as {@code db/grants.sql} grants them; a column is given by a regular expression.
     * Tables and columns that an older Faraday lacks are skipped.
     */
    private static final String NEEDED = """
        WITH needed (name, rights, columns) AS (
            SELECT name, 'SELECT', '' FROM unnest(ARRAY[
                'vulnerability', 'workspace', 'host', 'hostname', 'service', 'source_code', 'configuration',
                'faraday_role', 'roles_users', 'role_permission', 'permissions_unit', 'permissions_unit_action',
                'workspace_permission_association', 'user_token', 'custom_fields_schema', 'command', 'command_object',
                'cve', 'cve_association', 'cwe', 'cwe_vulnerability_association', 'owasp',
                'owasp_vulnerability_association', 'policy_violation', 'policy_violation_vulnerability_association',
                'vulnerability_reference', 'tag', 'tag_object', 'file', 'comment', 'severities_histogram',
                'vulnerability_status_history']) name
            UNION ALL VALUES
            ('faraday_user', 'SELECT', 'id|username|password|active|user_type|state_otp|fs_uniquifier'),
            ('vulnerability', 'UPDATE',
             'status|issuetracker|association_date|disassociated_manually|update_date|update_user_id'),
            ('workspace', 'UPDATE', 'update_date|.*_count'),
            ('configuration', 'INSERT', ''), ('configuration', 'UPDATE', 'value|update_date|update_user_id'),
            ('user_token', 'INSERT', ''),
            ('user_token', 'UPDATE', 'alias|expires_at|hide|revoked|update_date|update_user_id'),
            ('severities_histogram', 'INSERT,UPDATE', ''), ('vulnerability_status_history', 'INSERT', ''),
            ('comment', 'INSERT', '')),
        one AS (
            SELECT to_regclass(quote_ident(name)) AS relation, name, r AS right_, columns
              FROM needed, unnest(string_to_array(rights, ',')) r)
        SELECT right_ || ' on ' || name AS missing FROM one WHERE columns = '' AND NOT has_table_privilege(relation, right_)
        UNION ALL
        SELECT right_ || ' on ' || name || ' (' || a.attname || ')'
          FROM one JOIN pg_attribute a ON a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
                                      AND a.attname ~ ('^(' || columns || ')$')
         WHERE columns <> '' AND NOT has_column_privilege(relation, a.attnum, right_)
        UNION ALL
        SELECT 'USAGE on the sequence of ' || name FROM one
         WHERE relation IS NOT NULL AND right_ = 'INSERT'
           AND NOT coalesce(has_sequence_privilege(pg_get_serial_sequence(quote_ident(name), 'id'), 'USAGE'), true)
        UNION ALL
        SELECT 'ownership of ' || count(*) || ' tables of the schema ' || :schema FROM pg_class c
         WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('r', 'p') AND NOT pg_has_role(c.relowner, 'USAGE')
        HAVING count(*) > 0
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
                                + ". Faraday's owner or a superuser grants them with db/grants.sql, which is in the"
                                + " jar and the repository");
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
