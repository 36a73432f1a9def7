package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.time.Instant;

/**
 * A move in an issue's history.
 *
 * @param authorId as in {@link Myself#id}; empty if Jira names no user
 * @param author the display name, likewise
 */
public record StatusChange(JiraStatus from, JiraStatus to, String authorId, String author, Instant at) {}
