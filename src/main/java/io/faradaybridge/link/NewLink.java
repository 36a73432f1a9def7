package io.faradaybridge.link;

import io.faradaybridge.link.decision.StatusPair;

/** An active link and what is needed to save it. */
public record NewLink(
        int vulnerabilityId,
        int workspaceId,
        String projectKey,
        String issueType,
        String issueId,
        String issueKey,
        StatusPair agreed) {}
