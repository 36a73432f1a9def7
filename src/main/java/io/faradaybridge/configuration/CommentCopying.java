package io.faradaybridge.configuration;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which comments the bridge copies: the key {@code comments} of a project, a key of the bridge's own. */
public enum CommentCopying {
    NONE("none", false, false),
    /** A comment in Faraday that begins with {@code @jira} is added to the issue. */
    TO_JIRA("to_jira", true, false),
    /** A comment on the issue is added to the vulnerability. */
    TO_FARADAY("to_faraday", false, true),
    BOTH("both", true, true);

    /** The name of the key. */
    public static final String KEY = "comments";

    /** The values, for messages. */
    public static final String VALUES =
            Arrays.stream(values()).map(CommentCopying::stored).collect(Collectors.joining(", "));

    private final String stored;
    private final boolean toJira;
    private final boolean toFaraday;

    CommentCopying(String stored, boolean toJira, boolean toFaraday) {
        this.stored = stored;
        this.toJira = toJira;
        this.toFaraday = toFaraday;
    }

    /**
     * Published in the transaction that saves another value, so that comments count from then on.
     *
     * @param projectKey as it is configured
     */
    public record Changed(String projectKey, CommentCopying copying) {}

    public String stored() {
        return stored;
    }

    public boolean toJira() {
        return toJira;
    }

    public boolean toFaraday() {
        return toFaraday;
    }

    public static Optional<CommentCopying> parse(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.stored.equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
