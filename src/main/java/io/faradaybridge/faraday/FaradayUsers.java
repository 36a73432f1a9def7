package io.faradaybridge.faraday;

import io.faradaybridge.faraday.FaradaySchema.Part;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Faraday's accounts and what they may do. Faraday's community edition stores permissions and memberships but does not
 * enforce them; the bridge does.
 */
@Component
public class FaradayUsers {

    private static final String CHANGES_THE_INTEGRATION = "jira:update";
    private static final int FARADAYS_HASH_COST = 12;

    private static final SqlClauses WITH_MEMBERS = new SqlClauses().with("member", """
            EXISTS (SELECT FROM workspace_permission_association a
                     WHERE a.workspace_id = w.id AND a.user_id = u.id)""");
    private static final SqlClauses WITHOUT_MEMBERS = new SqlClauses().with("member", "false");

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    FaradayUsers(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * @param passwordHash bcrypt of the plain password; null for accounts of a directory
     * @param userType local, ldap or saml
     * @param secondFactor whether the account also needs a one-time password to sign in
     * @param uniquifier a value that Faraday stores for the account and changes to end all its sessions; empty in an
     *     old database
     */
    public record FaradayUser(
            int id,
            String username,
            @Nullable String passwordHash,
            boolean active,
            String userType,
            boolean secondFactor,
            String uniquifier) {

        /** Whether the stored hash is enough to check a sign-in. */
        public boolean passwordAlone() {
            return passwordHash != null && userType.equals("local") && !secondFactor;
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return username + " (" + id + ")";
        }
    }

    public Optional<FaradayUser> byUsername(String username) {
        // old databases lack the last columns: their names then mean those of "lacking", outside the inner query
        return jdbc.sql("""
                        SELECT found.*
                          FROM (SELECT 'local' AS user_type, '' AS state_otp, '' AS fs_uniquifier) AS lacking
                          CROSS JOIN LATERAL (
                               SELECT u.id, u.username, u.password, u.active, coalesce(user_type::text, 'local') AS user_type,
                                      coalesce(state_otp::text = 'confirmed', false) AS second_factor,
                                      coalesce(fs_uniquifier, '') AS uniquifier
                                 FROM faraday_user u WHERE u.username = :username) AS found""")
                .param("username", username)
                .query((row, number) -> new FaradayUser(
                        row.getInt("id"),
                        row.getString("username"),
                        row.getString("password"),
                        row.getBoolean("active"),
                        row.getString("user_type"),
                        row.getBoolean("second_factor"),
                        row.getString("uniquifier")))
                .optional();
    }

    /** The bcrypt cost of most passwords, so that a sign-in with an unknown name takes the same time. */
    public int usualHashCost() {
        return jdbc.sql("""
                        SELECT substring(password FROM '^[$]2[aby]?[$]([0-9]{2})[$]')::integer AS cost
                          FROM faraday_user WHERE password ~ '^[$]2[aby]?[$](0[4-9]|1[0-6])[$]'
                         GROUP BY cost ORDER BY count(*) DESC LIMIT 1""").query(Integer.class).optional().orElse(FARADAYS_HASH_COST);
    }

    /** The permissions of all roles of the user, such as {@code vulnerabilities:update}; none for an inactive user. */
    public Set<String> permissions(int userId) {
        return schema.has(Part.PERMISSIONS) ? storedPermissions(userId) : builtInPermissions(userId);
    }

    /** Members and administrators may enter, and a public workspace is open to all; the user must be active. */
    public boolean mayEnter(int userId, int workspaceId) {
        return enterable(userId, Set.of(workspaceId)).contains(workspaceId);
    }

    /** All workspaces that the user {@linkplain #mayEnter may enter}. */
    public Set<Integer> enterable(int userId) {
        return enterable(userId, null);
    }

    /** @param workspaceIds those of the workspaces that the user {@linkplain #mayEnter may enter}; null for all */
    public Set<Integer> enterable(int userId, @Nullable Collection<Integer> workspaceIds) {
        SqlClauses clauses = schema.has(Part.MEMBERSHIP) ? WITH_MEMBERS : WITHOUT_MEMBERS;
        return jdbc.sql(clauses.in("""
            SELECT w.id FROM workspace w JOIN faraday_user u ON u.id = :user AND u.active
             WHERE (:workspaces::integer[] IS NULL OR w.id = ANY (:workspaces))
               AND (w.public OR {member}
                    OR EXISTS (SELECT FROM roles_users ru JOIN faraday_role r ON r.id = ru.role_id
                                WHERE ru.user_id = u.id AND r.name = 'admin'))"""))
                .param("user", userId)
                .param("workspaces", workspaceIds == null ? null : workspaceIds.toArray(Integer[]::new), Types.ARRAY)
                .query(Integer.class)
                .set();
    }

    /** What the user may see of the activity of all workspaces; nothing for an inactive user. */
    public Visibility reach(int userId) {
        boolean administrator =
                jdbc.sql("""
            SELECT count(*) > 0 FROM faraday_user u
              JOIN roles_users ru ON ru.user_id = u.id JOIN faraday_role r ON r.id = ru.role_id
             WHERE u.id = :user AND u.active AND r.name = 'admin'""").param("user", userId).query(Boolean.class).single();
        return administrator
                ? new Visibility(true, true, Set.of())
                : new Visibility(false, permissions(userId).contains(CHANGES_THE_INTEGRATION), enterable(userId));
    }

    private Set<String> storedPermissions(int userId) {
        // by name, since ids differ between databases and roles that users created have rows here too
        return jdbc.sql("""
                        SELECT DISTINCT p.name || ':' || a.action_type
                          FROM faraday_user u
                          JOIN roles_users ru ON ru.user_id = u.id
                          JOIN role_permission rp ON rp.role_id = ru.role_id AND rp.allowed
                          JOIN permissions_unit_action a ON a.id = rp.unit_action_id
                          JOIN permissions_unit p ON p.id = a.permissions_unit_id
                         WHERE u.id = :user AND u.active""").param("user", userId).query(String.class).set();
    }

    private Set<String> builtInPermissions(int userId) {
        return jdbc.sql("""
                        SELECT r.name FROM faraday_user u
                          JOIN roles_users ru ON ru.user_id = u.id JOIN faraday_role r ON r.id = ru.role_id
                         WHERE u.id = :user AND u.active""").param("user", userId).query(String.class).list().stream()
                .flatMap(role -> BuiltInRole.named(role).stream())
                .flatMap(role -> role.permissions().stream())
                .collect(Collectors.toSet());
    }
}
