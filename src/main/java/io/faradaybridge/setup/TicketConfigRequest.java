package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What issues are to be filled with: one issue type with its fields, or all issue types.
 *
 * @param issueType its id may also be a number
 * @param fields by name or id, each {@code {"value", "template", "by_severity"}} or a value alone
 * @param issueTypes by name, each {@code {"fields"}}
 */
record TicketConfigRequest(
        @Schema(implementation = String.class) @Nullable JsonNode issueType,

        @Schema(description = FIELDS) @Nullable ObjectNode fields,

        @Schema(description = FORM) @Nullable ObjectNode issueTypes,

        @Nullable String version) {

    static final int MOST_FIELDS = 1_000;
    static final String FIELDS = "an object of at most " + MOST_FIELDS
            + " fields, such as {\"Priority\": {\"schema\": {\"type\": \"priority\"}, \"value\": \"High\", \"by_severity\":"
            + " {\"critical\": \"Highest\"}}}";
    static final String FORM =
            "{\"issue_type\": \"Bug\", \"fields\": {..}}, or {\"issue_types\": {\"Bug\": {\"fields\": {..}}}}";

    TicketConfigRequest {
        Storable.require(fields);
        Storable.require(issueTypes);
    }
}
