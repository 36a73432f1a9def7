package io.faradaybridge.jinja2.values;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;

/** Dates as Python's datetime shows them. */
public final class DateText {

    private DateText() {}

    public static String str(Temporal date) {
        return iso(date, ' ');
    }

    public static String iso(Temporal date, char separator) {
        if (date instanceof OffsetDateTime moment) {
            return iso(moment.toLocalDateTime(), separator) + offset(moment.getOffset(), ":");
        } else if (date instanceof LocalDateTime moment) {
            return iso(moment.toLocalDate(), separator) + separator + iso(moment.toLocalTime(), separator);
        } else if (date instanceof LocalTime time) {
            String text = String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
            int micros = time.getNano() / 1000;
            return micros == 0 ? text : text + String.format(".%06d", micros);
        }
        LocalDate day = (LocalDate) date;
        return String.format("%04d-%02d-%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    /** @param colon between hours and minutes, or the empty text */
    public static String offset(ZoneOffset offset, String colon) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String text = (offset.getTotalSeconds() < 0 ? "-" : "+")
                + String.format("%02d%s%02d", seconds / 3600, colon, seconds / 60 % 60);
        return seconds % 60 == 0 ? text : text + String.format("%s%02d", colon, seconds % 60);
    }

    public static String repr(Temporal date) {
        if (date instanceof OffsetDateTime moment) {
            int seconds = moment.getOffset().getTotalSeconds();
            String zone = seconds == 0
                    ? "datetime.timezone.utc"
                    : "datetime.timezone(datetime.timedelta("
                            + (seconds < 0 ? "days=-1, seconds=" + (86400 + seconds) : "seconds=" + seconds) + "))";
            String local = repr(moment.toLocalDateTime());
            return local.substring(0, local.length() - 1) + ", tzinfo=" + zone + ")";
        } else if (date instanceof LocalDateTime moment) {
            LocalDate day = moment.toLocalDate();
            return "datetime.datetime(" + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + ", "
                    + clock(moment.toLocalTime()) + ")";
        } else if (date instanceof LocalTime time) {
            return "datetime.time(" + clock(time) + ")";
        }
        LocalDate day = (LocalDate) date;
        return "datetime.date(" + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + ")";
    }

    private static String clock(LocalTime time) {
        int micros = time.getNano() / 1000;
        return time.getHour() + ", " + time.getMinute()
                + (time.getSecond() != 0 || micros != 0 ? ", " + time.getSecond() : "")
                + (micros != 0 ? ", " + micros : "");
    }
}
