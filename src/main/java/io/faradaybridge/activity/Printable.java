package io.faradaybridge.activity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text from other systems fit for a column and a page: PostgreSQL refuses NUL and half of a character. */
public final class Printable {

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|\\p{Cs}");

    private Printable() {}

    public static String of(@Nullable String text, int longest) {
        String fit = text == null ? "" : UNFIT.matcher(text).replaceAll(" ");
        return fit.length() <= longest
                ? fit
                : UNFIT.matcher(fit.substring(0, longest - 1)).replaceAll("") + "…";
    }
}
