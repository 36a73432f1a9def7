package io.faradaybridge.template.jinja;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.Temporal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a template can ask a date for: the attributes and methods of Python's datetime. */
final class DateMethods {

    static final Set<String> NAMES = Set.of(
            "strftime", "isoformat", "date", "time", "weekday", "isoweekday", "isocalendar", "timestamp", "ctime");

    private DateMethods() {}

    static @Nullable Object attribute(Temporal date, String name) {
        ChronoField field =
                switch (name) {
                    case "year" -> ChronoField.YEAR;
                    case "month" -> ChronoField.MONTH_OF_YEAR;
                    case "day" -> ChronoField.DAY_OF_MONTH;
                    case "hour" -> ChronoField.HOUR_OF_DAY;
                    case "minute" -> ChronoField.MINUTE_OF_HOUR;
                    case "second" -> ChronoField.SECOND_OF_MINUTE;
                    case "microsecond" -> ChronoField.MICRO_OF_SECOND;
                    default -> null;
                };
        return field != null && date.isSupported(field) ? (Object) date.getLong(field) : null;
    }

    static Object call(Temporal date, String name, Arguments arguments, Budget budget) {
        if (name.equals("strftime")) {
            return Strftime.format(date, Bound.positional(name, arguments, 1, 1).text(0), budget);
        }
        if (name.equals("isoformat")) {
            String separator = Bound.named(name, arguments, 0, "sep").text(0, "T");
            return DateText.iso(date, separator.isEmpty() ? 'T' : separator.charAt(0));
        }
        Bound.positional(name, arguments, 0, 0);
        if (name.equals("time") && date instanceof OffsetDateTime moment) {
            return moment.toLocalTime();
        } else if (name.equals("time") && date instanceof LocalDateTime moment) {
            return moment.toLocalTime();
        } else if (name.equals("timestamp")) {
            return timestamp(date);
        } else if (date instanceof LocalTime || name.equals("time")) {
            throw missing(date, name);
        }
        LocalDate day = LocalDate.from(date);
        return switch (name) {
            case "date" -> day;
            case "weekday" -> (long) day.getDayOfWeek().getValue() - 1;
            case "isoweekday" -> (long) day.getDayOfWeek().getValue();
            case "isocalendar" ->
                TupleValue.of(
                        (long) day.get(IsoFields.WEEK_BASED_YEAR),
                        (long) day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                        (long) day.getDayOfWeek().getValue());
            default -> Strftime.format(date, "%a %b %e %H:%M:%S %Y", budget);
        };
    }

    private static Object timestamp(Temporal date) {
        if (date instanceof OffsetDateTime moment) {
            return seconds(moment);
        } else if (date instanceof LocalDateTime moment) {
            return seconds(moment.atOffset(java.time.ZoneOffset.UTC));
        }
        throw missing(date, "timestamp");
    }

    private static double seconds(OffsetDateTime moment) {
        long micros = moment.getLong(ChronoField.MICRO_OF_SECOND);
        return moment.toEpochSecond() + micros / 1e6;
    }

    private static Failure missing(Temporal date, String name) {
        return Failure.of(
                TemplateRenderException.Kind.ATTRIBUTE,
                "'" + Types.name(date) + "' object has no attribute '" + name + "'");
    }
}
