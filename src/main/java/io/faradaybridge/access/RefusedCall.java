package io.faradaybridge.access;

import io.faradaybridge.web.ApiTerms;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.access.AccessDeniedException;

/** A call that its sender may not make, with a message for the sender. */
final class RefusedCall extends AccessDeniedException {

    static final String NOT_ALLOWED = "your Faraday role does not allow this";
    static final String WITHOUT_TOKEN = "a session's request that changes something needs the header "
            + ApiTerms.CSRF_HEADER + "; GET session returns it";

    private static final long serialVersionUID = 1;

    /** A permission in a rule. */
    private static final Pattern PERMISSION = Pattern.compile("'([a-z_]+:[a-z]+)'");

    private RefusedCall(String message) {
        super(message);
    }

    /** @param rule the expression of {@code @PreAuthorize}, whose permissions the message names */
    static RefusedCall byRole(String rule) {
        List<String> permissions =
                PERMISSION.matcher(rule).results().map(found -> found.group(1)).toList();
        return new RefusedCall(
                permissions.isEmpty()
                        ? NOT_ALLOWED
                        : NOT_ALLOWED + "; it needs the permission " + String.join(" and ", permissions));
    }

    /** A session's call without the token that a page of another site cannot know. */
    static RefusedCall withoutToken() {
        return new RefusedCall(WITHOUT_TOKEN);
    }
}
