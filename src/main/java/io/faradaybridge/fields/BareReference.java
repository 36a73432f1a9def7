package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.fields.FieldValue.NotAccepted;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.regex.Pattern;

/**
 * Fields of Atlassian's own apps whose create metadata says one thing and whose values are another: a sprint is told as an
 * array and taken as one number, a team as an object or anything and taken as its id alone. Neither is listed by Jira.
 */
final class BareReference {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_:-]{1,255}");

    private BareReference() {}

    static boolean is(CreateMetaField field) {
        return isSprint(field) || isTeam(field);
    }

    private static boolean isSprint(CreateMetaField field) {
        return field.custom().endsWith(":gh-sprint");
    }

    private static boolean isTeam(CreateMetaField field) {
        return field.type().equals("team")
                || field.custom().endsWith(":atlassian-team")
                || field.custom().contains(":rm-teams");
    }

    static String hint(CreateMetaField field) {
        return isSprint(field)
                ? "a sprint is given by its number, as in its board's address"
                : "a team is given by its id, the last part of its page's address";
    }

    /** @param stored an id, an object with one, or a list of one of these */
    static JsonNode of(CreateMetaField field, JsonNode stored) throws NotAccepted {
        JsonNode one = stored;
        if (stored.isArray()) {
            if (stored.size() != 1) {
                throw new NotAccepted("takes one " + (isSprint(field) ? "sprint" : "team") + ", not " + stored.size());
            }
            one = stored.path(0);
        }
        JsonNode id = one.isObject() ? one.path("id") : one;
        String text = id.isValueNode() && !id.isNull() ? id.asText().strip() : "";
        boolean known = (isSprint(field) ? NUMBER : ID).matcher(text).matches();
        if (!known) {
            throw new NotAccepted(
                    "'" + FieldValue.text(one) + "' is a name, which Jira does not take here; " + hint(field));
        }
        return isSprint(field) ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
    }
}
