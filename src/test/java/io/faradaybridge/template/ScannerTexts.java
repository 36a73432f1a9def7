package io.faradaybridge.template;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random texts as an attacker would plant them. Seeded, so a failure can be run again. */
public final class ScannerTexts {

    private static final String[] PARTS = {
        "[~admin]",
        "!http://evil.example/a.png!",
        "[click|http://evil.example]",
        "{evil}",
        "{evil:x=y}",
        "{noformat}",
        "{NoFormat}",
        "{noformat:title=x}",
        "{\\noformat}",
        "{no\\format}",
        "{no\nformat}",
        "{no\r\nformat}",
        "{noformat\n}",
        "\\{noformat\\}",
        "{code}",
        "{\\code}",
        "{co\nde}",
        "{code:java}",
        "{quote}",
        "{panel}",
        "noformat} [~admin]",
        "format}[~admin]",
        "code} [~admin]",
        "\\",
        "\\\\",
        "C:\\dir\\",
        "{",
        "{{",
        "}",
        "}}",
        ":",
        "$",
        "\n",
        "\r",
        " ",
        "*b*",
        "a",
        "noformat",
        "\u0001",
        "\u2028",
        "\uFFFE",
        "\uD800",
        "https://example.org/{evil}[x]!",
    };

    private final Random random;

    public ScannerTexts(long seed) {
        random = new Random(seed);
    }

    /** Of a few parts. */
    public String next() {
        return next(random.nextInt(7));
    }

    public String next(int parts) {
        return IntStream.range(0, parts).mapToObj(i -> one(PARTS)).collect(Collectors.joining());
    }

    String one(String[] parts) {
        return parts[random.nextInt(parts.length)];
    }

    int number(int bound) {
        return random.nextInt(bound);
    }
}
