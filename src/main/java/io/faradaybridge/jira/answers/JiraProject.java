package io.faradaybridge.jira.answers;

/** A project that the bridge's account may see. */
public record JiraProject(String id, String key, String name) {}
