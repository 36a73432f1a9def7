package io.faradaybridge.faraday;

import io.faradaybridge.faraday.FaradaySchema.Part;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The SQL condition that a user may change a workspace's vulnerabilities, as part of another statement. It is the rule
 * of {@link FaradayUsers#permissions} and {@link FaradayUsers#mayEnter} without their round trips.
 */
@Component
public class ChangeRights {

    private static final String PERMISSION = "vulnerabilities:update";

    private static final String BY_STORED_ROLES = """
        EXISTS (SELECT FROM roles_users ru
                  JOIN role_permission rp ON rp.role_id = ru.role_id AND rp.allowed
                  JOIN permissions_unit_action a ON a.id = rp.unit_action_id
                  JOIN permissions_unit p ON p.id = a.permissions_unit_id
                 WHERE ru.user_id = u.id AND p.name || ':' || a.action_type = '%s')\
        """.formatted(PERMISSION);
    private static final String BY_BUILT_IN_ROLES = """
        EXISTS (SELECT FROM roles_users ru JOIN faraday_role r ON r.id = ru.role_id
                 WHERE ru.user_id = u.id AND lower(r.name) IN (%s))\
        """.formatted(Arrays.stream(BuiltInRole.values())
            .filter(role -> role.permissions().contains(PERMISSION))
            .map(role -> "'" + role.name().toLowerCase(Locale.ROOT) + "'")
            .collect(Collectors.joining(", ")));
    private static final String MEMBER = """
        OR EXISTS (SELECT FROM workspace_permission_association m
                    WHERE m.workspace_id = w.id AND m.user_id = u.id)\
        """;
    private static final String MAY_CHANGE = """
        EXISTS (SELECT FROM faraday_user u JOIN workspace w ON w.id = target.workspace_id
                 WHERE u.id = caller.user_id AND u.active AND %s
                   AND (w.public
                        OR EXISTS (SELECT FROM roles_users ru JOIN faraday_role r ON r.id = ru.role_id
                                    WHERE ru.user_id = u.id AND r.name = 'admin')%s))\
        """;

    private final FaradaySchema schema;

    ChangeRights(FaradaySchema schema) {
        this.schema = schema;
    }

    /**
     * For a statement with {@code caller.user_id} and {@code target.workspace_id}. It also requires that the user is
     * active.
     */
    public String condition() {
        return MAY_CHANGE.formatted(
                schema.has(Part.PERMISSIONS) ? BY_STORED_ROLES : BY_BUILT_IN_ROLES,
                schema.has(Part.MEMBERSHIP) ? MEMBER : "");
    }
}
