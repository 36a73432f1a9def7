package io.faradaybridge.web;

/** A part of a long list. */
public record Page(int offset, int size) {

    private static final int LARGEST = 500;
    private static final int LAST = 1_000_000;

    /** @param number from 1 */
    public static Page of(int number, int size) {
        return of(number, size, LARGEST);
    }

    /** @param largest that {@code size} may be */
    public static Page of(int number, int size, int largest) {
        if (number < 1 || number > LAST) {
            throw new InvalidRequest("page", "must be a number from 1 to " + LAST);
        }
        if (size < 1 || size > largest) {
            throw new InvalidRequest("page_size", "must be 1 to " + largest);
        }
        return new Page((number - 1) * size, size);
    }
}
