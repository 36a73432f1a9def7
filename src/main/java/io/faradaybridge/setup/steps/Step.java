package io.faradaybridge.setup.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way to the first exported issue.
 *
 * @param reason why it is not done, as far as that is known; absent if it is done
 * @param project the key of the project to go on with, if it is about one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
        Code code,
        State state,
        @Nullable String reason,
        @Nullable String project) {

    /** The steps in their order. */
    public enum Code {
        /** Jira's address is set. */
        CONNECTION,
        /** There are credentials, and Jira accepts them. */
        AUTHORIZATION,
        /** A project is chosen, and Jira shows the active ones to the bridge's account. */
        PROJECT,
        /** An issue type and its fields are configured. */
        ISSUE_TYPE,
        /** Statuses of both sides are mapped. */
        MAPPING,
        /** A project is active. */
        ACTIVE,
        /** The integration is enabled, and the bridge does not only observe. */
        ENABLED,
        /** Jira can prove itself to the bridge: by a token of scope jira, or by a secret. */
        WEBHOOK_TOKEN,
        /** A webhook of Jira has arrived. */
        WEBHOOK,
        /** A vulnerability has an issue. */
        EXPORT;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum State {
        DONE,
        /** Nobody has done it yet. */
        OPEN,
        /** It was tried or done, and does not work. */
        FAILING;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Step done(Code code) {
        return new Step(code, State.DONE, null, null);
    }

    static Step open(Code code, String reason) {
        return new Step(code, State.OPEN, reason, null);
    }

    static Step failing(Code code, String reason) {
        return new Step(code, State.FAILING, reason, null);
    }

    Step of(String projectKey) {
        return new Step(code, state, reason, projectKey);
    }
}
