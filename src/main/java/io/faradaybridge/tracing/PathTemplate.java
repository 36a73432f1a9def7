package io.faradaybridge.tracing;

import java.util.regex.Pattern;

/** A path of Jira's API without what it names: {@code /rest/api/2/issue/{}/transitions}. */
final class PathTemplate {

    /** Ids, keys and names: Jira's own words begin small and have neither digits nor escapes, apart from the version. */
    private static final Pattern NAMED =
            Pattern.compile("(?<=/properties/)[^/]+|(?<=/)(?!(?:[a-z_][A-Za-z_]+|(?<=/api/)[23])(?:/|$))[^/]+");

    private PathTemplate() {}

    static String of(String path) {
        return NAMED.matcher(path).replaceAll("{}");
    }
}
