package io.faradaybridge.sandbox.jira;

/** The two kinds of Jira, which differ in half of their answers. */
public enum Deployment {
    DATA_CENTER,
    CLOUD
}
