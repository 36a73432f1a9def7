package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;

/** The statuses that both sides last agreed on: the base of the three-way merge, F0 and J0 in the protocol. */
public record StatusPair(FaradayStatus faraday, JiraStatus jira) {

    @Override
    public String toString() {
        return "(" + faraday + ", " + jira + ")";
    }
}
