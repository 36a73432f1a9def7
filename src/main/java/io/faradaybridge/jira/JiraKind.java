package io.faradaybridge.jira;

/** The two Jiras, whose interfaces differ in search and in how people are named. */
public enum JiraKind {
    DATA_CENTER,
    CLOUD
}
