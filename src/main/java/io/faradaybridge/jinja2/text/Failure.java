package io.faradaybridge.jinja2.text;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import org.jspecify.annotations.Nullable;

/** A mistake on its way to the rendering, which knows the line. Without a kind it is a limit that was reached. */
public final class Failure extends RuntimeException {

    private final transient @Nullable Kind kind;

    private Failure(@Nullable Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    @Nullable
    public Kind kind() {
        return kind;
    }

    /** Never null, which the compiler cannot know of {@link #getMessage}. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public static Failure of(Kind kind, String message) {
        return new Failure(kind, message);
    }

    public static Failure type(String message) {
        return new Failure(Kind.TYPE, message);
    }

    public static Failure value(String message) {
        return new Failure(Kind.VALUE, message);
    }

    public static Failure limit(String message) {
        return new Failure(null, message);
    }
}
