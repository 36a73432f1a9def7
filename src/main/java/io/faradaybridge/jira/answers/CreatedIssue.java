package io.faradaybridge.jira.answers;

/** An issue that a bulk creation created. */
public record CreatedIssue(String id, String key) {}
