package io.faradaybridge.jira.answers;

/** An issue type that may be created in a project. */
public record IssueType(String id, String name, boolean subtask) {}
