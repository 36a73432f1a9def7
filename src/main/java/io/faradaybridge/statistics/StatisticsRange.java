package io.faradaybridge.statistics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** The time that the figures are about, up to now, and the parts that it is divided into. */
enum StatisticsRange {
    HOUR(Duration.ofMinutes(1), 60),
    DAY(Duration.ofMinutes(30), 48),
    MONTH(Duration.ofDays(1), 30);

    private final Duration part;
    private final int parts;

    StatisticsRange(Duration part, int parts) {
        this.part = part;
        this.parts = parts;
    }

    Duration part() {
        return part;
    }

    int parts() {
        return parts;
    }

    /** The name in the API. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
