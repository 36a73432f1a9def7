package io.faradaybridge.faraday;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** A vulnerability's status, as Faraday's enum {@code vulnerability_statuses} stores it. */
public enum FaradayStatus {
    OPEN("open"),
    CLOSED("closed"),
    RE_OPENED("re-opened"),
    RISK_ACCEPTED("risk-accepted");

    private final String stored;

    FaradayStatus(String stored) {
        this.stored = stored;
    }

    /** The label in Faraday's database and API, such as {@code re-opened}. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** Closed or risk-accepted: what Faraday counts as no longer open. */
    public boolean done() {
        return this == CLOSED || this == RISK_ACCEPTED;
    }

    /**
     * Reads a stored value or a label of the user interface, in any case and with blanks, hyphens or underscores:
     * {@code Risk Accepted}, {@code risk-accepted}, {@code RE_OPENED}; and {@code opened}, which Faraday's API accepts.
     */
    public static Optional<FaradayStatus> parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
        return switch (plain) {
            case "open", "opened" -> Optional.of(OPEN);
            case "closed" -> Optional.of(CLOSED);
            case "reopened" -> Optional.of(RE_OPENED);
            case "riskaccepted" -> Optional.of(RISK_ACCEPTED);
            default -> Optional.empty();
        };
    }

    /** As {@link #parse}, for text that must be a status. @throws IllegalArgumentException naming the four labels */
    @JsonCreator
    public static FaradayStatus of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a Faraday status; expected open, closed, re-opened or risk-accepted"));
    }

    @Override
    public String toString() {
        return stored;
    }
}
