package io.faradaybridge.connection;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings Jira's base URL into the form in which it is saved and signed: http(s), an ASCII host, no default port, the
 * context path, nothing else.
 */
final class JiraAddress {

    private static final int LONGEST = 500;
    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#\\\\]+)(/[^?#\\\\]*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern PAGE = Pattern.compile(
            "(?i)(.*?)/(browse|secure|login\\.jsp|rest/api|plugins/servlet|jira/(software|projects|core|your-work))(/.*)?");
    /** Jira Cloud has no context path: anything after its host is a page. */
    private static final Pattern CLOUD_PAGE =
            Pattern.compile("(?i)(https?://[a-z0-9.-]+\\.atlassian\\.net(?::\\d{1,5})?)(?:[?#]|/.).*");

    private JiraAddress() {}

    /**
     * Whether the text is the address of a page of Jira Cloud, copied from a browser; {@link #parse} leaves the page
     * out.
     */
    static boolean isCloudPage(String text) {
        return CLOUD_PAGE.matcher(text.strip()).matches();
    }

    /** Whether it is the address of a Cloud site at Atlassian's gateway, which has no pages for people. */
    static boolean isGateway(URI address) {
        return address.getPath().startsWith("/ex/jira/");
    }

    /** @throws IllegalArgumentException with what was expected, as the end of a sentence that begins with the URL */
    static URI parse(String text) {
        String url = site(text.strip());
        if (url.isEmpty()) {
            throw new IllegalArgumentException("is missing; give Jira's base URL, such as https://jira.example.org");
        }
        if (url.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("must not hold blanks or control characters");
        }
        if (url.contains("?") || url.contains("#")) {
            throw new IllegalArgumentException("must be the base URL alone, without query (?) and fragment (#)");
        }
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be http(s)://host, such as https://jira.example.org/jira");
        }
        if (parts.group(2).contains("@")) {
            throw new IllegalArgumentException(
                    "must not hold a user or password; give those by PUT connection/credentials");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String path = parts.group(3) == null ? "" : parts.group(3).replaceAll("/+$", "");
        URI address = uri(scheme + "://" + authority(scheme, parts.group(2)) + path);
        if (path.matches(".*/\\.{1,2}(/.*)?") || path.contains("//") || path.contains("%")) {
            throw new IllegalArgumentException(
                    "has a path that is not possible for Jira; give the base URL with its" + " context path");
        }
        Matcher page = PAGE.matcher(path);
        if (page.matches()) {
            throw new IllegalArgumentException("seems to be the address of a page; give the base URL that Jira's"
                    + " general configuration shows, probably " + scheme + "://" + address.getRawAuthority()
                    + page.group(1));
        }
        return address;
    }

    private static String site(String url) {
        Matcher page = CLOUD_PAGE.matcher(url);
        return page.matches() ? page.group(1) : url;
    }

    private static String authority(String scheme, String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches()) {
            throw new IllegalArgumentException("has a host or port that cannot be read");
        }
        String host = authority.group(1);
        String ascii = host.startsWith("[") ? host.toLowerCase(Locale.ROOT) : ascii(host);
        int port = authority.group(2) == null ? -1 : Integer.parseInt(authority.group(2));
        if (port == 0 || port > 65535) {
            throw new IllegalArgumentException("has a port that is not between 1 and 65535");
        }
        boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return ascii + (usual ? "" : ":" + port);
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a host that no name server could know");
        }
    }

    private static URI uri(String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() == null) {
                throw new IllegalArgumentException("has a host that no name server could know");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("cannot be read as a URL");
        }
    }
}
