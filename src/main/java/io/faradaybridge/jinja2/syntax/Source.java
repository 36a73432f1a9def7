package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A template's text, and where in it something is. */
final class Source {

    final String text;
    private final int[] lineStarts;

    /** Line ends become newlines, and the last one goes, as Jinja2 has it. */
    Source(String written) {
        String unix = written.indexOf('\r') < 0
                ? written
                : written.replace("\r\n", "\n").replace('\r', '\n');
        text = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
        IntStream ends = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n');
        lineStarts = IntStream.concat(IntStream.of(0), ends.map(i -> i + 1)).toArray();
    }

    public int line(int position) {
        int found = Arrays.binarySearch(lineStarts, position);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public TemplateSyntaxException error(int position, String message) {
        int place = Math.min(position, text.length());
        int line = line(place);
        int column = text.codePointCount(lineStarts[line - 1], place) + 1;
        return new TemplateSyntaxException(line, column, message);
    }
}
