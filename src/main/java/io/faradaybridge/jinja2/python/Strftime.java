package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.DateText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** strftime with English names, whatever the machine's locale. */
public final class Strftime {

    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d[\\d:.]*)([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?");

    private final LocalDate day;
    private final LocalTime time;
    private final @Nullable ZoneOffset offset;

    private Strftime(Temporal date) {
        offset = date instanceof OffsetDateTime moment ? moment.getOffset() : null;
        day = date instanceof LocalTime ? LocalDate.of(1900, 1, 1) : LocalDate.from(date);
        time = date instanceof LocalDate ? LocalTime.MIDNIGHT : LocalTime.from(date);
    }

    public static String format(Temporal date, String format, Budget budget) {
        Strftime parts = new Strftime(date);
        TextBuilder out = new TextBuilder(budget);
        int at = 0;
        while (at < format.length()) {
            char character = format.charAt(at++);
            if (character != '%' || at == format.length()) {
                out.append(character);
                continue;
            }
            budget.step();
            boolean bare = format.charAt(at) == '-' && at + 1 < format.length();
            at += bare ? 1 : 0;
            String part = parts.part(format.charAt(at++));
            out.append(bare && part.length() > 1 && part.charAt(0) == '0' ? part.substring(1) : part);
        }
        return out.toString();
    }

    private String part(char directive) {
        return switch (directive) {
            case 'a' -> weekday(TextStyle.SHORT);
            case 'A' -> weekday(TextStyle.FULL);
            case 'b', 'h' -> month().substring(0, 3);
            case 'B' -> month();
            case 'c' -> part('a') + " " + part('b') + " " + part('e') + " " + part('T') + " " + part('Y');
            case 'C' -> two(day.getYear() / 100);
            case 'd' -> two(day.getDayOfMonth());
            case 'D', 'x' -> part('m') + "/" + part('d') + "/" + part('y');
            case 'e' -> blank(day.getDayOfMonth());
            case 'f' -> String.format("%06d", time.getNano() / 1000);
            case 'F' -> part('Y') + "-" + part('m') + "-" + part('d');
            case 'g' -> two(day.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'G' -> String.valueOf(day.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(time.getHour());
            case 'I' -> two(hourOfHalf());
            case 'j' -> String.format("%03d", day.getDayOfYear());
            case 'k' -> blank(time.getHour());
            case 'l' -> blank(hourOfHalf());
            case 'm' -> two(day.getMonthValue());
            case 'M' -> two(time.getMinute());
            case 'n' -> "\n";
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'r' -> part('I') + ":" + part('M') + ":" + part('S') + " " + part('p');
            case 'R' -> part('H') + ":" + part('M');
            case 's' ->
                String.valueOf(LocalDateTime.of(day, time).toEpochSecond(offset == null ? ZoneOffset.UTC : offset));
            case 'S' -> two(time.getSecond());
            case 't' -> "\t";
            case 'T', 'X' -> part('R') + ":" + part('S');
            case 'u' -> String.valueOf(day.getDayOfWeek().getValue());
            case 'U' -> two(week(DayOfWeek.SUNDAY));
            case 'V' -> two(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> String.valueOf(day.getDayOfWeek().getValue() % 7);
            case 'W' -> two(week(DayOfWeek.MONDAY));
            case 'y' -> two(day.getYear() % 100);
            case 'Y' -> String.valueOf(day.getYear());
            case 'z' -> offset == null ? "" : DateText.offset(offset, "");
            case 'Z' ->
                offset == null ? "" : offset.getTotalSeconds() == 0 ? "UTC" : "UTC" + DateText.offset(offset, ":");
            case '%' -> "%";
            default -> "%" + directive;
        };
    }

    private String month() {
        return day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private String weekday(TextStyle style) {
        return day.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
    }

    private int hourOfHalf() {
        return (time.getHour() + 11) % 12 + 1;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static String blank(int number) {
        return number < 10 ? " " + number : String.valueOf(number);
    }

    /** Full weeks of the year that have begun; the days before the first are in week 0. */
    private int week(DayOfWeek first) {
        int sinceFirst = (int) Math.floorMod(
                (long) day.getDayOfWeek().getValue() - first.getValue(),
                ChronoUnit.WEEKS.getDuration().toDays());
        return (day.getDayOfYear() - 1 - sinceFirst + 7) / 7;
    }

    /** What scanners and JSON write: a date, a date with a time, or one with an offset too. */
    public static @Nullable Temporal parse(String text) {
        String iso = text.strip();
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso);
            }
            Matcher parts = MOMENT.matcher(iso);
            if (!parts.matches()) {
                return null;
            }
            LocalDateTime moment = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2));
            String offset = parts.group(3);
            return offset == null ? moment : moment.atOffset(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
