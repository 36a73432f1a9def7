package io.faradaybridge;

import org.jspecify.annotations.Nullable;

/**
 * The bridge cannot start with its present settings, files or database. The operator sees sentences without a stack
 * trace.
 */
public final class StartRefused extends IllegalStateException {

    private final String description;
    private final String action;

    /**
     * @param description what is wrong, naming the file, folder or setting
     * @param action what the operator can do
     */
    public StartRefused(String description, String action, @Nullable Throwable cause) {
        super(sentence(description) + " " + sentence(action), cause);
        this.description = sentence(description);
        this.action = sentence(action);
    }

    public StartRefused(String description, String action) {
        this(description, action, null);
    }

    private static String sentence(String text) {
        return text.endsWith("?") || text.endsWith(".") ? text : text + ".";
    }

    public String description() {
        return description;
    }

    public String action() {
        return action;
    }
}
