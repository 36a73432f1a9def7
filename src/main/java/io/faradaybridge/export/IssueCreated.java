package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Published when a created issue was linked.
 *
 * @param fields as they were sent, by id
 */
public record IssueCreated(String projectKey, int vulnerabilityId, String issueId, ObjectNode fields) {}
