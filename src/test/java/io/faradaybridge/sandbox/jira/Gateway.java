package io.faradaybridge.sandbox.jira;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Atlassian's gateway before a Cloud site: the only address that takes tokens with scopes, and takes nothing else. */
final class Gateway {

    static final String CLOUD_ID = "5d1ed3a9-4b1c-4f0e-9d35-1a3c7d9a2b60";
    static final String PATH = "/ex/jira/" + CLOUD_ID;
    static final String TENANT_INFO = "/_edge/tenant_info";

    /** @param email with it the token goes by Basic; empty: by Bearer */
    private record ScopedToken(String email, String person, Set<String> scopes) {}

    private final Map<String, ScopedToken> tokens = new ConcurrentHashMap<>();

    void add(String email, String token, String person, Set<String> scopes) {
        tokens.put(token, new ScopedToken(email, person, scopes));
    }

    boolean knows(String token) {
        return tokens.containsKey(token);
    }

    static Answer tenantInfo() {
        return Answer.json(200, Json.object("cloudId", CLOUD_ID));
    }

    /**
     * The account that a call may be made as.
     *
     * @param path below {@code /rest/api/2}
     * @throws Refusal 401, whether the token is unknown or lacks the scope
     */
    String person(RawRequest request, String path) {
        String[] scheme = request.header("Authorization").orElse("").split(" ", 2);
        String proof = scheme.length < 2 ? "" : scheme[1].strip();
        String[] pair = scheme[0].equals("Basic") ? decoded(proof).split(":", 2) : new String[] {"", proof};
        ScopedToken known = pair.length < 2 ? null : tokens.get(pair[1]);
        if (known == null || !known.email().equals(pair[0])) {
            throw refusal("Unauthorized");
        }
        String needed = scope(request.method(), path);
        if (!needed.isEmpty() && !known.scopes().contains(needed)) {
            throw refusal("Unauthorized; scope does not match");
        }
        return known.person();
    }

    private static Refusal refusal(String message) {
        return new Refusal(Answer.json(401, Json.object("code", 401, "message", message)));
    }

    /** The scope of a call by Atlassian's document; empty if it needs none. */
    static String scope(String method, String path) {
        if (path.equals("/serverInfo")) {
            return "";
        }
        if (path.matches("/(myself|user|groups?)(/.*)?")) {
            return "read:jira-user";
        }
        boolean reads = method.equals("GET") || path.matches("/(search|jql|issue/bulkfetch|changelog/bulkfetch)(/.*)?");
        return reads ? "read:jira-work" : "write:jira-work";
    }

    private static String decoded(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
