package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Looks up values that create metadata do not list: users, groups and most projects. */
public interface Directory {

    /**
     * @param text as the user gave it
     * @param field the field that it is a value of, as searches know it; empty if that does not matter
     */
    record Question(LookUp kind, String text, String field) {

        Question(LookUp kind, String text) {
            this(kind, text, "");
        }
    }

    /**
     * @param stored Jira's name for it, which Faraday stores, such as a user's name or account id; null if Jira does
     *     not find it
     * @param name how people know it if {@code stored} is an id that says nothing to them; otherwise empty
     * @param remark why it was not found; together with {@code stored}: why it could not be checked; otherwise empty
     */
    record Found(@Nullable String stored, String name, String remark) {

        /** @throws NotAccepted if it was not found. @param cure what to give instead; empty if the remark says it */
        Found orRefuse(String cure) throws NotAccepted {
            if (stored == null) {
                throw new NotAccepted(remark + cure);
            }
            return this;
        }

        /** {@code {"id", "name"}}, for an id that says nothing to people; only if it has a name. */
        ObjectNode withName() {
            return JsonNodeFactory.instance.objectNode().put("id", stored).put("name", name);
        }

        public static Found known(String stored) {
            return new Found(stored, "", "");
        }

        public static Found named(String id, String name) {
            return new Found(id, name, "");
        }

        public static Found unknown(String why) {
            return new Found(null, "", why);
        }

        public static Found unchecked(String text, String why) {
            return new Found(text, "", why);
        }
    }

    Found find(Question question);
}
