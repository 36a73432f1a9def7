package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
import org.jspecify.annotations.Nullable;

/** A mistake on its way to the rendering, which knows the line. Without a kind it is a limit that was reached. */
final class Failure extends RuntimeException {

    private final transient @Nullable Kind kind;

    private Failure(@Nullable Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    @Nullable
    Kind kind() {
        return kind;
    }

    /** Never null, which the compiler cannot know of {@link #getMessage}. */
    String reason() {
        return String.valueOf(getMessage());
    }

    static Failure of(Kind kind, String message) {
        return new Failure(kind, message);
    }

    static Failure type(String message) {
        return new Failure(Kind.TYPE, message);
    }

    static Failure value(String message) {
        return new Failure(Kind.VALUE, message);
    }

    static Failure undefined(Undefined value) {
        return new Failure(Kind.UNDEFINED, value.message());
    }

    static Failure limit(String message) {
        return new Failure(null, message);
    }
}
