package io.faradaybridge.jira;

/** A project that our account may see. */
public record JiraProject(String id, String key, String name) {}
