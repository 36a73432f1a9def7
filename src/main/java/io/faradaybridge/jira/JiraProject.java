package io.faradaybridge.jira;

/** A project that the bridge's account may see. */
public record JiraProject(String id, String key, String name) {}
