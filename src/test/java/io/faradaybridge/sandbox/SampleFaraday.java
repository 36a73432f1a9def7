package io.faradaybridge.sandbox;

/** Names and ids in the development world's Faraday that tests and the README rely on. A password is the username. */
public final class SampleFaraday {

    public static final int ADMIN = 1;
    public static final int ASSET_OWNER = 2;
    public static final int PENTESTER = 3;
    public static final int CLIENT = 4;
    /** A pentester who left: inactive. */
    public static final int FORMER = 5;
    /** A pentester without any workspace. */
    public static final int OUTSIDER = 6;
    /** A pentester from LDAP: no password here. */
    public static final int DIRECTORY = 7;
    /** A pentester with a second factor. */
    public static final int TWO_FACTOR = 8;

    public static final String TOKEN_OF_ADMIN = "sandbox-jira-token-of-faraday";
    public static final String TOKEN_OF_ASSET_OWNER = "sandbox-jira-token-of-assetowner";
    public static final String TOKEN_OF_PENTESTER = "sandbox-jira-token-of-pentester";
    public static final String TOKEN_OF_CLIENT = "sandbox-jira-token-of-client";
    public static final String TOKEN_OF_FORMER = "sandbox-jira-token-of-former";
    public static final String TOKEN_OF_OUTSIDER = "sandbox-jira-token-of-outsider";
    public static final String EXPIRED_TOKEN = "sandbox-jira-token-expired";
    public static final String REVOKED_TOKEN = "sandbox-jira-token-revoked";
    /** Valid, but of scope gitlab. */
    public static final String GITLAB_TOKEN = "sandbox-gitlab-token";

    /** Vulnerabilities 1 to 16. */
    public static final int ACME_EXTERNAL = 1;
    /** Vulnerabilities 17 to 27; the asset owner and the client may not enter. */
    public static final int ACME_INTERNAL = 2;
    /** Vulnerabilities 28 to 36; the client may not enter. */
    public static final int SHOP_APP = 3;
    /** Read-only, vulnerabilities 37 and 38. */
    public static final int ARCHIVE = 4;
    /** Inactive, vulnerability 39. */
    public static final int RETIRED = 5;
    /** Public and without members, vulnerability 40. */
    public static final int PUBLIC_LAB = 6;

    /** Open, confirmed, critical; with everything attached: CVEs, CWEs, tags, evidence, references, custom fields. */
    public static final int LOG4SHELL = 1;
    /** Open, confirmed, critical, a web vulnerability with request and response. */
    public static final int SQL_INJECTION = 2;
    /** Open, confirmed, with markup, quotes, template syntax and other scripts in its texts. */
    public static final int AWKWARD_TEXTS = 3;

    public static final int CLOSED = 4;
    public static final int RE_OPENED = 5;
    public static final int RISK_ACCEPTED = 6;
    /** Open, informational. */
    public static final int UNCONFIRMED = 7;

    public static final int IN_READ_ONLY_WORKSPACE = 37;
    public static final int IN_INACTIVE_WORKSPACE = 39;
    public static final int IN_PUBLIC_WORKSPACE = 40;

    private SampleFaraday() {}
}
