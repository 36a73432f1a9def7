package io.faradaybridge.jira;

/** An issue that a bulk creation made. */
public record CreatedIssue(String id, String key) {}
