package io.faradaybridge.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters for dates that the bridge adds to Jinja2. */
final class DateFilters {

    private static final int DATE = "2026-11-22".length();
    private static final int MOST_DAYS = 36_500;
    private static final String DAYS = "plusdays(days) takes a whole number of days, at most " + MOST_DAYS;

    private DateFilters() {}

    /**
     * {@code date|plusdays(30)}: so many days later, or earlier for a negative number. Time and offset stay as they are. No
     * date gives the empty text, and so does no number.
     */
    static @Nullable Object plusDays(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        if (positional.size() + named.size() != 2 || !(positional.size() == 2 || named.containsKey("days"))) {
            throw new IllegalArgumentException(DAYS);
        }
        Object date = positional.get(0);
        Object days = positional.size() == 2 ? positional.get(1) : named.get("days");
        if (date == null || days == null || isBlank(date) || isBlank(days)) {
            return "";
        }
        try {
            return later(date, number(days));
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "plusdays() takes a date, or a text such as 2024-05-01T12:00:00+00:00, not '" + date + "'");
        }
    }

    private static Object later(Object date, long days) {
        if (date instanceof Temporal known) {
            return known.plus(days, ChronoUnit.DAYS);
        }
        String text = date.toString().strip();
        return LocalDate.parse(text.substring(0, DATE)).plusDays(days) + text.substring(DATE);
    }

    private static boolean isBlank(Object value) {
        return value instanceof CharSequence text && text.toString().isBlank();
    }

    private static long number(Object days) {
        try {
            long number = Long.parseLong(
                    days instanceof Double real && real % 1 == 0
                            ? Long.toString(real.longValue())
                            : days.toString().strip());
            if (Math.abs(number) <= MOST_DAYS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number that is too large
        }
        throw new IllegalArgumentException(DAYS + ", not '" + days + "'");
    }
}
