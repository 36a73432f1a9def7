package io.faradaybridge.jinja2.syntax;

/**
 * A number in the source: how far it goes, and whether it is a float.
 *
 * @param end behind its last character
 */
record NumberLiteral(int end, boolean real) {

    static NumberLiteral at(String text, int start) {
        int end = decimals(text, start);
        boolean real = false;
        if (start == 0 || text.charAt(start - 1) != '.') {
            int fraction = text.startsWith(".", end) ? decimals(text, end + 1) : -1;
            int mantissa = fraction > 0 ? fraction : end;
            int exponent = exponent(text, mantissa);
            real = fraction > 0 || exponent > 0;
            end = exponent > 0 ? exponent : mantissa;
        }
        return new NumberLiteral(real ? end : integer(text, start), real);
    }

    private static int exponent(String text, int from) {
        if (from >= text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
            return -1;
        }
        boolean signed = text.startsWith("+", from + 1) || text.startsWith("-", from + 1);
        return decimals(text, from + (signed ? 2 : 1));
    }

    /** The end of digits with single underscores between them, -1 if there is none. */
    private static int decimals(String text, int from) {
        return digits(text, from, 10);
    }

    private static int digits(String text, int from, int radix) {
        int end = from;
        while (end < text.length()) {
            int digit = text.charAt(end) == '_' && end > from && end + 1 < text.length() ? end + 1 : end;
            if (text.charAt(digit) >= 0x80 || Character.digit(text.charAt(digit), radix) < 0) {
                break;
            }
            end = digit + 1;
        }
        return end == from ? -1 : end;
    }

    private static int integer(String text, int start) {
        if (text.charAt(start) != '0') {
            return decimals(text, start);
        }
        int radix = start + 1 >= text.length()
                ? 0
                : switch (text.charAt(start + 1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 0;
                };
        if (radix > 0) {
            int from = text.startsWith("_", start + 2) ? start + 3 : start + 2;
            int end = digits(text, from, radix);
            if (end > 0) {
                return end;
            }
        }
        return zeros(text, start);
    }

    private static int zeros(String text, int start) {
        int end = start;
        while (end < text.length()) {
            int zero = text.charAt(end) == '_' && end > start ? end + 1 : end;
            if (!text.startsWith("0", zero)) {
                break;
            }
            end = zero + 1;
        }
        return end;
    }
}
