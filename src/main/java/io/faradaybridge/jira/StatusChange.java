package io.faradaybridge.jira;

import java.time.Instant;

/**
 * A move in an issue's history.
 *
 * @param authorId as in {@link Myself#id}; empty where Jira names nobody
 * @param author the name that people know, likewise
 */
public record StatusChange(JiraStatus from, JiraStatus to, String authorId, String author, Instant at) {}
