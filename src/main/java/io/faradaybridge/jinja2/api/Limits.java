package io.faradaybridge.jinja2.api;

import java.time.Duration;

/**
 * What a template may use; more ends it with a {@link TemplateLimitException}, a source that is too long, of too many parts or
 * nested too deeply with a {@link TemplateSyntaxException}.
 *
 * @param sourceCharacters of the template itself
 * @param parts names, values, operators and tags of the template, each of which keeps some memory
 * @param outputCharacters of the rendered text
 * @param steps evaluated parts: operators, calls, items of loops
 * @param allocatedBytes all that a rendering creates on its way, as the JVM counts it
 * @param nesting of blocks, brackets and operators in the source
 * @param depth of all that is being evaluated at once: macros and loops that call themselves, values inside values
 * @param time of the processor, for whatever the other limits do not foresee; ten times as much by the clock
 */
public record Limits(
        int sourceCharacters,
        int parts,
        int outputCharacters,
        long steps,
        long allocatedBytes,
        int nesting,
        int depth,
        Duration time) {

    /** Generous for a description that Jira takes (32,767 characters), within 50 MB and a second for any template. */
    public static final Limits DEFAULT =
            new Limits(100_000, 100_000, 500_000, 300_000, 32L * 1024 * 1024, 150, 1_000, Duration.ofSeconds(1));

    public Limits withParts(int most) {
        return new Limits(sourceCharacters, most, outputCharacters, steps, allocatedBytes, nesting, depth, time);
    }

    public Limits withTime(Duration most) {
        return new Limits(sourceCharacters, parts, outputCharacters, steps, allocatedBytes, nesting, depth, most);
    }
}
