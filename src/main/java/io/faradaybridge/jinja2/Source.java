package io.faradaybridge.jinja2;

/** A template's text, and where in it something is. */
final class Source {

    final String text;

    /** Line ends become newlines, and the last one goes, as Jinja2 has it. */
    Source(String written) {
        String unix = written.indexOf('\r') < 0
                ? written
                : written.replace("\r\n", "\n").replace('\r', '\n');
        text = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    int line(int position) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    TemplateSyntaxException error(int position, String message) {
        int place = Math.min(position, text.length());
        int start = place == 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1;
        return new TemplateSyntaxException(line(place), text.codePointCount(start, place) + 1, message);
    }
}
