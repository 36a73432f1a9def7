package io.faradaybridge.web;

/** The names of cookie and header that a page sends with each call of its session. */
public final class SessionTerms {

    public static final String PATH = "/_api/v3/integrations/jira/session";
    public static final String COOKIE = "faraday_bridge_session";
    public static final String CSRF_HEADER = "X-CSRF-Token";
    /**
     * Where the console's forms arrive. They carry the token in their body, and have no effect but by calls of the API,
     * each of which is checked by itself.
     */
    public static final String FORMS = "/jira-bridge/do/";

    private SessionTerms() {}
}
