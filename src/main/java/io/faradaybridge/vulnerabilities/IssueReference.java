package io.faradaybridge.vulnerabilities;

import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An issue as a person names it: by its key, or by the address of its page, of a board or of a list that shows it.
 *
 * @param key in capital letters
 * @param address null if the key itself was given
 */
record IssueReference(String key, @Nullable URI address) {

    static final String DESCRIPTION = "an issue's key, such as \"SEC-12\", or the address of its page in Jira";

    private static final String KEY = "[A-Za-z][A-Za-z0-9_]{1,254}-[0-9]{1,18}";
    private static final Pattern IN_ADDRESS =
            Pattern.compile("[?&]selectedIssue=(" + KEY + ")|/(" + KEY + ")(?=[/?#]|$)");

    /** @param field the name of the parameter, for the error */
    static IssueReference of(String field, String given) {
        String text = given.strip();
        if (text.matches(KEY)) {
            return new IssueReference(text.toUpperCase(Locale.ROOT), null);
        }
        if (text.matches("(?i)https?://.+")) {
            Matcher found = IN_ADDRESS.matcher(text);
            if (found.find()) {
                String key = found.group(1) == null ? found.group(2) : found.group(1);
                return new IssueReference(key.toUpperCase(Locale.ROOT), address(field, text));
            }
        }
        throw new InvalidRequest(field, "must be " + DESCRIPTION);
    }

    private static URI address(String field, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException notAnAddress) {
            throw new InvalidRequest(field, "must be " + DESCRIPTION);
        }
    }

    /** @throws InvalidRequest if the address is one of another site than the configured Jira */
    void requireOn(String field, String jira) {
        if (address != null && !sameSite(address, jira)) {
            throw new InvalidRequest(
                    field, "is an address of " + address.getAuthority() + ", but the configured Jira is " + jira);
        }
    }

    private static boolean sameSite(URI address, String jira) {
        try {
            String site = new URI(jira).getAuthority();
            return site != null && site.equalsIgnoreCase(address.getAuthority());
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
