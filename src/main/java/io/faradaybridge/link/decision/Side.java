package io.faradaybridge.link.decision;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The side that a user lets the other one follow. */
public enum Side {
    JIRA,
    FARADAY;

    /** The name in the API. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In which the other side follows this one. */
    public Direction direction() {
        return this == JIRA ? Direction.JIRA_TO_FARADAY : Direction.FARADAY_TO_JIRA;
    }

    /** Takes the place of a status of Jira that was never agreed on. No status of a workflow equals it. */
    private static final JiraStatus NEVER_AGREED = JiraStatus.named("(nothing agreed)");

    /** The status that the other side gets; empty if this side's status has no mapping. */
    public Optional<String> target(StatusPair shown, StatusMapping mapping) {
        return this == JIRA
                ? mapping.in(shown.jira()).map(FaradayStatus::stored)
                : mapping.out(shown.faraday()).map(JiraStatus::name);
    }

    /**
     * A pair from which only this side has moved. If possible, its half is the status that the other side's status is
     * mapped to.
     */
    public StatusPair aloneMoved(StatusPair shown, StatusMapping mapping) {
        if (this == JIRA) {
            return new StatusPair(shown.faraday(), mapping.out(shown.faraday()).orElse(NEVER_AGREED));
        }
        FaradayStatus other = Arrays.stream(FaradayStatus.values())
                .filter(status -> status != shown.faraday())
                .findFirst()
                .orElseThrow();
        return new StatusPair(mapping.in(shown.jira()).orElse(other), shown.jira());
    }
}
