package io.faradaybridge.web;

/** What a page that has signed in sends with each call, as the OpenAPI document tells it. */
public final class SessionTerms {

    public static final String PATH = "/_api/v3/integrations/jira/session";
    public static final String COOKIE = "faraday_bridge_session";
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private SessionTerms() {}
}
