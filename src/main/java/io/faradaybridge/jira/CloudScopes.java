package io.faradaybridge.jira;

import java.util.List;
import java.util.regex.Pattern;

/** The scopes that a token of Jira Cloud needs for the calls of the bridge, by Atlassian's OpenAPI document. */
public final class CloudScopes {

    public static final List<String> NEEDED = List.of("read:jira-work", "write:jira-work", "read:jira-user");

    private static final Pattern OF_PEOPLE = Pattern.compile("/rest/api/[^/]+/(myself|user|groups?)(/.*)?");
    private static final Pattern MISSING = Pattern.compile("scopes? does not match", Pattern.CASE_INSENSITIVE);

    private CloudScopes() {}

    /** The scope that Jira asks for in this call. */
    public static String of(JiraRequest request) {
        if (OF_PEOPLE.matcher(request.path()).matches()) {
            return "read:jira-user";
        }
        boolean reads = request.method().equals("GET")
                || (request.method().equals("POST") && request.operation() == JiraOperation.READ);
        return reads ? "read:jira-work" : "write:jira-work";
    }

    /** Whether Jira's words, beside a 401, say that the token is known but lacks the scope of the call. */
    public static boolean missing(String reason) {
        return MISSING.matcher(reason).find();
    }
}
