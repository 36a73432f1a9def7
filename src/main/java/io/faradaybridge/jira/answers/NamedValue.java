package io.faradaybridge.jira.answers;

/** Something that Jira has found by its name: a sprint, a team, a request type, an issue by its summary. */
public record NamedValue(String id, String name) {}
