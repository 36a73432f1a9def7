package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.api.TemplateRenderException;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.DateText;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.Temporal;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a template can ask a date for: the attributes and methods of Python's datetime. */
final class DateMethods {

    static final Set<String> NAMES = Set.of(
            "strftime",
            "isoformat",
            "replace",
            "date",
            "time",
            "weekday",
            "isoweekday",
            "isocalendar",
            "timestamp",
            "ctime");

    private record Part(String name, ChronoField field) {}

    private static final List<Part> PARTS = List.of(
            new Part("year", ChronoField.YEAR),
            new Part("month", ChronoField.MONTH_OF_YEAR),
            new Part("day", ChronoField.DAY_OF_MONTH),
            new Part("hour", ChronoField.HOUR_OF_DAY),
            new Part("minute", ChronoField.MINUTE_OF_HOUR),
            new Part("second", ChronoField.SECOND_OF_MINUTE),
            new Part("microsecond", ChronoField.MICRO_OF_SECOND));

    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    private DateMethods() {}

    public static @Nullable Object attribute(Temporal date, String name) {
        for (Part part : PARTS) {
            if (part.name().equals(name)) {
                return date.isSupported(part.field()) ? (Object) date.getLong(part.field()) : null;
            }
        }
        return null;
    }

    /** All of its parts at once: the 31st may become one of a month that has 30 days only together with its day. */
    private static Temporal replace(Temporal date, Arguments arguments) {
        List<Part> parts =
                PARTS.stream().filter(part -> date.isSupported(part.field())).toList();
        Bound bound = Bound.named(
                "replace", arguments, 0, parts.stream().map(Part::name).toArray(String[]::new));
        Temporal replaced = date.isSupported(ChronoField.DAY_OF_MONTH) ? date.with(ChronoField.DAY_OF_MONTH, 1) : date;
        for (int i = 0; i < parts.size(); i++) {
            ChronoField field = parts.get(i).field();
            long value = bound.integer(i, date.getLong(field));
            ValueRange range = field == ChronoField.YEAR ? YEARS : replaced.range(field);
            if (!range.isValidValue(value)) {
                throw Failure.value(parts.get(i).name() + " must be in " + range.getMinimum() + ".."
                        + range.getMaximum() + ", not " + value);
            }
            replaced = replaced.with(field, value);
        }
        return replaced;
    }

    public static Object call(Temporal date, String name, Arguments arguments, Budget budget) {
        if (name.equals("strftime")) {
            return Strftime.format(date, Bound.positional(name, arguments, 1, 1).text(0), budget);
        }
        if (name.equals("isoformat")) {
            String separator = Bound.named(name, arguments, 0, "sep").text(0, "T");
            return DateText.iso(date, separator.isEmpty() ? 'T' : separator.charAt(0));
        }
        if (name.equals("replace")) {
            return replace(date, arguments);
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
