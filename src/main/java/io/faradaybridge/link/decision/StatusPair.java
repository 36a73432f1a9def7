package io.faradaybridge.link.decision;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import org.jspecify.annotations.Nullable;

/**
 * The agreed pair: the statuses that both sides agreed on last, F0 and J0 in the protocol.
 *
 * @param transit set while the issue is on its way through several transitions (L14); Faraday counts as moved then
 */
public record StatusPair(
        FaradayStatus faraday, JiraStatus jira, @Nullable Transit transit) {

    public StatusPair(FaradayStatus faraday, JiraStatus jira) {
        this(faraday, jira, null);
    }

    @Override
    public String toString() {
        return "(" + faraday + ", " + jira + ")";
    }
}
