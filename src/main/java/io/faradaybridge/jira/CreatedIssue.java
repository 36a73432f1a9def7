package io.faradaybridge.jira;

/** An issue that a bulk creation created. */
public record CreatedIssue(String id, String key) {}
