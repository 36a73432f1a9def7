package io.faradaybridge.fields;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where the value of a field came from whose configuration has a template or values by severity.
 *
 * @param field its configured name
 * @param why why an earlier source was not used; empty if the first one was
 */
public record UsedValue(String field, Source from, String why) {

    /** In the order in which they are tried. */
    public enum Source {
        TEMPLATE,
        BY_SEVERITY,
        VALUE,
        /** The field is left out. */
        NOTHING;

        @JsonValue
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For the activity: what was sent instead, and why. */
    public String remark() {
        String sent =
                switch (from) {
                    case TEMPLATE -> "";
                    case BY_SEVERITY -> ", so the value of the severity was sent";
                    case VALUE -> ", so the fixed value was sent";
                    case NOTHING -> ", so the field was left out";
                };
        return field + ": " + why + sent;
    }
}
