package io.faradaybridge.faraday;

import io.faradaybridge.tables.SqlClauses;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Faraday's comments on vulnerabilities. The table has no index but that of its ids, and a comment may outlive its
 * vulnerability.
 */
@Component
public class FaradayComments {

    private static final SqlClauses SQL = new SqlClauses().with("addressed", """
                (c.comment_type::text = 'user' AND c.object_type::text = 'vulnerability'
                 AND c.text ~* '^@jira([[:space:]:]|$)')""");

    private final JdbcClient jdbc;

    FaradayComments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A comment that begins with {@code @jira}. @param ageSeconds since it was written; 0 if Faraday does not know */
    public record Addressed(int id, int vulnerabilityId, double ageSeconds) {}

    /** @param last the highest id of the part @param seen how many comments the part has */
    public record Part(int last, long seen, List<Addressed> addressed) {}

    /** @param author the username; null if the user was deleted */
    public record Written(String text, @Nullable String author) {}

    public int highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM comment")
                .query(Integer.class)
                .single();
    }

    /** Those that begin with {@code @jira} among the next comments by id. */
    public Part after(int id, int size) {
        return jdbc.sql(SQL.in("""
            SELECT coalesce(max(c.id), 0) AS last, count(*) AS seen,
                   array_agg(c.id ORDER BY c.id) FILTER (WHERE c.addressed) AS ids,
                   array_agg(c.object_id ORDER BY c.id) FILTER (WHERE c.addressed) AS vulnerabilities,
                   array_agg(c.age ORDER BY c.id) FILTER (WHERE c.addressed) AS ages
              FROM (SELECT c.id, c.object_id, {addressed} AS addressed,
                           coalesce(extract(epoch FROM (now() AT TIME ZONE 'utc') - c.create_date), 0)::float8 AS age
                      FROM comment c WHERE c.id > :after ORDER BY c.id LIMIT :size) c"""))
                .param("after", id)
                .param("size", size)
                .query(FaradayComments::part)
                .single();
    }

    private static Part part(ResultSet row, int number) throws SQLException {
        List<Addressed> addressed = new ArrayList<>();
        Array ids = row.getArray("ids");
        if (ids != null) {
            Integer[] id = (Integer[]) ids.getArray();
            Integer[] vulnerability =
                    (Integer[]) row.getArray("vulnerabilities").getArray();
            Double[] age = (Double[]) row.getArray("ages").getArray();
            for (int i = 0; i < id.length; i++) {
                addressed.add(new Addressed(id[i], vulnerability[i], age[i]));
            }
        }
        return new Part(row.getInt("last"), row.getLong("seen"), addressed);
    }

    /** Empty if it was deleted. */
    public Optional<Written> find(int id) {
        return jdbc.sql("""
            SELECT c.text, u.username FROM comment c LEFT JOIN faraday_user u ON u.id = c.creator_id WHERE c.id = :id""")
                .param("id", id)
                .query((row, n) -> new Written(row.getString("text"), row.getString("username")))
                .optional();
    }

    /**
     * Adds a comment, as Faraday itself would write it.
     *
     * @param username its author; without such a user it has none
     * @return its id
     */
    public int add(VulnerabilityState vulnerability, String text, String username) {
        CallersTransaction.require();
        return jdbc.sql("""
            INSERT INTO comment (create_date, update_date, comment_type, text, workspace_id, object_id, object_type, creator_id)
            VALUES (now() AT TIME ZONE 'utc', now() AT TIME ZONE 'utc', 'user', :text, :workspace, :vulnerability,
                    'vulnerability', (SELECT u.id FROM faraday_user u WHERE u.username = :author))
            RETURNING id""")
                .param("text", text)
                .param("workspace", vulnerability.workspaceId())
                .param("vulnerability", vulnerability.id())
                .param("author", username)
                .query(Integer.class)
                .single();
    }

    /** Which rights on the table the bridge's role lacks, and what to do; empty if none. @param adds whether comments are added */
    public Optional<String> missingRights(boolean adds) {
        boolean enough = jdbc.sql("""
            SELECT to_regclass('comment') IS NOT NULL AND has_table_privilege(to_regclass('comment'), 'SELECT')
                   AND (NOT :adds OR has_table_privilege(to_regclass('comment'), 'INSERT')
                        AND has_sequence_privilege(pg_get_serial_sequence('comment', 'id'), 'USAGE'))""").param("adds", adds).query(Boolean.class).single();
        return enough
                ? Optional.empty()
                : Optional.of("needs the right " + (adds ? "SELECT and INSERT" : "SELECT")
                        + " on Faraday's table comment, which the bridge's role lacks: Faraday's owner grants it with"
                        + " db/grants.sql");
    }
}
