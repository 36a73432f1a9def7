package io.faradaybridge.faraday;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What Faraday's four built-in roles may do, as far as the bridge needs it. For databases of older versions, in which
 * users could not create roles.
 */
enum BuiltInRole {
    ADMIN(
            "jira:create",
            "jira:read",
            "jira:update",
            "jira:delete",
            "active_integrations:read",
            "integrations_auth:read",
            "integrations_auth:create",
            "vulnerabilities:create",
            "vulnerabilities:read",
            "vulnerabilities:update",
            "vulnerabilities:delete",
            "vulnerabilities:tag",
            "user_tokens:create",
            "user_tokens:read",
            "user_tokens:update",
            "user_tokens:delete"),
    ASSET_OWNER(
            "vulnerabilities:read",
            "vulnerabilities:update",
            "vulnerabilities:tag",
            "user_tokens:create",
            "user_tokens:read",
            "user_tokens:update",
            "user_tokens:delete"),
    PENTESTER(
            "jira:create",
            "jira:read",
            "jira:update",
            "active_integrations:read",
            "vulnerabilities:create",
            "vulnerabilities:read",
            "vulnerabilities:update",
            "vulnerabilities:delete",
            "vulnerabilities:tag",
            "user_tokens:create",
            "user_tokens:read",
            "user_tokens:update",
            "user_tokens:delete"),
    CLIENT(
            "vulnerabilities:read",
            "user_tokens:create",
            "user_tokens:read",
            "user_tokens:update",
            "user_tokens:delete");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<String> permissions;

    BuiltInRole(String... permissions) {
        this.permissions = Set.of(permissions);
    }

    /** As {@code unit:action}. */
    Set<String> permissions() {
        return permissions;
    }

    static Optional<BuiltInRole> named(String role) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(role))
                .findFirst();
    }
}
