package io.faradaybridge.fields;

import org.jspecify.annotations.Nullable;

/** What only a question to Jira tells about a value: create metadata lists neither people nor groups, seldom projects. */
public interface Directory {

    /** @param text as it was typed */
    record Question(LookUp kind, String text) {}

    /**
     * @param stored what Jira calls it and Faraday stores, such as a user's name or account id; null: Jira has none
     * @param remark why not, in words; with {@code stored}: why it could not be checked, else empty
     */
    record Found(@Nullable String stored, String remark) {

        public static Found known(String stored) {
            return new Found(stored, "");
        }

        public static Found unknown(String why) {
            return new Found(null, why);
        }

        public static Found unchecked(String text, String why) {
            return new Found(text, why);
        }
    }

    Found find(Question question);
}
