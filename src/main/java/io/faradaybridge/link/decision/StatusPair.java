package io.faradaybridge.link.decision;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;

/** The agreed pair: the statuses that both sides agreed on last, F0 and J0 in the protocol. */
public record StatusPair(FaradayStatus faraday, JiraStatus jira) {

    @Override
    public String toString() {
        return "(" + faraday + ", " + jira + ")";
    }
}
