package io.faradaybridge.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines of RFC 4180. Spreadsheets carry out a cell that begins like a formula, and causes and names come from
 * strangers, so such a cell begins with an apostrophe.
 */
final class Csv {

    private static final Pattern FORMULA =
            Pattern.compile("^\\s*[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile(".*[\",\\r\\n].*", Pattern.DOTALL);

    private final Writer writer;

    Csv(Writer writer) {
        this.writer = writer;
    }

    void line(List<? extends @Nullable Object> cells) {
        try {
            writer.write(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String safe = FORMULA.matcher(text).matches() ? "'" + text : text;
        return QUOTED.matcher(safe).matches() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
