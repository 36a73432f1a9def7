package io.faradaybridge.jinja2;

import java.util.Arrays;

/** The line of a position, looked up in the starts of all lines. */
final class Lines {

    private final int[] starts;

    Lines(Source source) {
        starts = java.util.stream.IntStream.concat(
                        java.util.stream.IntStream.of(0),
                        java.util.stream.IntStream.range(0, source.text.length())
                                .filter(i -> source.text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    int of(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
