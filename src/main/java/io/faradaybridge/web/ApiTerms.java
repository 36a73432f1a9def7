package io.faradaybridge.web;

/** What more than one of the API, the access to it, its description and the console names. */
public final class ApiTerms {

    public static final String WEBHOOK_PATH = "/_api/v3/integrations/jira/update-issues";
    public static final String SESSION_PATH = "/_api/v3/integrations/jira/session";
    /** The cookie and the header that a page sends with each call of its session. */
    public static final String COOKIE = "faraday_bridge_session";

    public static final String CSRF_HEADER = "X-CSRF-Token";
    /**
     * Where the console's forms arrive. They carry the token in their body, and have no effect but by calls of the API,
     * each of which is checked by itself.
     */
    public static final String FORMS = "/jira-bridge/do/";

    private ApiTerms() {}
}
