package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.XmlText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values that are written as text, and what Jira checks of them. */
final class FieldText {

    private static final DateTimeFormatter ANY_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss[.SSSSSS][.SSS]][XXX][XX]", Locale.ROOT);
    /** Jira needs the offset without a colon. */
    private static final DateTimeFormatter JIRA_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
    private static final Pattern SPAN = Pattern.compile("(?:\\d++(?:[.,]\\d++)?+\\s*+\\p{L}*+\\s*+)++");
    private static final String DATE = "2026-11-22";
    private static final Pattern DATE_OF_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:.*");
    private static final int LONGEST_SPAN = 100;
    private static final int LONGEST_LINE = 255;
    private static final int LONGEST_NUMBER = 100;
    /** The highest exponent of a double, which Jira uses for numbers. */
    private static final int HIGHEST_EXPONENT = 308;

    private FieldText() {}

    static JsonNode paragraphs(String text) throws NotAccepted {
        if (text.length() > IssueText.DESCRIPTION) {
            throw new NotAccepted("it is longer than " + IssueText.DESCRIPTION + " characters");
        }
        return TextNode.valueOf(text);
    }

    static JsonNode line(String text) throws NotAccepted {
        if (text.length() > LONGEST_LINE || text.contains("\n")) {
            throw new NotAccepted("it is longer than one line of " + LONGEST_LINE + " characters");
        }
        return TextNode.valueOf(text);
    }

    static JsonNode url(String text) throws NotAccepted {
        paragraphs(text);
        if (!URL.matcher(text).matches()) {
            throw new NotAccepted("'" + text + "' is not a URL; write it as https://example.org/page");
        }
        return TextNode.valueOf(text);
    }

    static JsonNode label(String text) throws NotAccepted {
        if (text.isEmpty() || text.length() > LONGEST_LINE) {
            throw new NotAccepted("a label has 1 to " + LONGEST_LINE + " characters");
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new NotAccepted("'" + text + "' holds a blank, which Jira does not take in a label");
        }
        return TextNode.valueOf(text);
    }

    /** Cleaned to what Jira takes: it accepts no blank in a label. */
    static String asLabel(String text) {
        String label = XmlText.of(text).strip().replaceAll("[\\s\\p{Cntrl}]+", "-");
        if (label.length() <= LONGEST_LINE) {
            return label;
        }
        return label.substring(
                0, Character.isHighSurrogate(label.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE);
    }

    /** The date of a time. */
    static String asDate(String text) {
        String date = text.strip();
        return DATE_OF_TIME.matcher(date).matches() ? date.substring(0, DATE.length()) : date;
    }

    /** The beginning of a date. */
    static String asTime(String text) {
        String time = text.strip();
        return time.length() == DATE.length() ? time + "T00:00" : time;
    }

    static JsonNode timeTracking(JsonNode stored) throws NotAccepted {
        ObjectNode spans = stored instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().put("originalEstimate", of(stored));
        for (JsonNode span : spans) {
            String text = span.asText("").strip();
            if (text.length() > LONGEST_SPAN) {
                throw new NotAccepted("a span of time has at most " + LONGEST_SPAN + " characters; write it as 2d 4h");
            }
            if (!SPAN.matcher(text).matches()) {
                throw new NotAccepted("'" + text + "' is not a span of time; write it as 2d 4h");
            }
        }
        return spans;
    }

    static JsonNode number(String text) throws NotAccepted {
        if (text.length() > LONGEST_NUMBER) {
            throw new NotAccepted("it is longer than a number of " + LONGEST_NUMBER + " digits");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > HIGHEST_EXPONENT) {
                throw new NotAccepted("'" + text + "' is beyond Jira's numbers");
            }
            return DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            throw new NotAccepted("'" + text + "' is not a number");
        }
    }

    static JsonNode wholeNumber(String text) {
        return text.matches("\\d{1,18}") ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
    }

    static JsonNode date(String text) throws NotAccepted {
        try {
            return TextNode.valueOf(LocalDate.parse(text).toString());
        } catch (DateTimeException e) {
            throw new NotAccepted("'" + text + "' is not a date; write it as 2026-11-22");
        }
    }

    /** A time without an offset is UTC, as everywhere in Faraday. */
    static JsonNode time(String text) throws NotAccepted {
        try {
            TemporalAccessor time = ANY_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return TextNode.valueOf(
                    JIRA_TIME.format(time instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : time));
        } catch (DateTimeException e) {
            throw new NotAccepted("'" + text + "' is not a time; write it as 2026-11-22T14:39:00Z");
        }
    }

    /** The name of something that Jira is asked for. */
    static String name(String text) throws NotAccepted {
        if (text.isEmpty() || text.length() > LONGEST_LINE) {
            throw new NotAccepted("an empty name, or one of more than " + LONGEST_LINE + " characters, names nothing");
        }
        return text;
    }

    /** The plain value, also from the object form of Faraday before 2022. */
    static String of(JsonNode stored) throws NotAccepted {
        JsonNode plain = stored.isObject() ? AllowedValues.naming(stored) : stored;
        if (!plain.isValueNode() || plain.isNull()) {
            throw new NotAccepted("its stored value " + stored + " cannot be read; configure it again");
        }
        return plain.asText().strip();
    }
}
