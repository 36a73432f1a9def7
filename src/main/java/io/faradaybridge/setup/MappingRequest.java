package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What statuses are to mean for the other side; each that is given replaces what was there.
 *
 * @param incoming Faraday's status by Jira's, {@code outgoing} the other way round; an empty value means "not mapped"
 * @param policy {@code jira-wins} or {@code faraday-wins}
 * @param onExport {@code stay} or {@code follow}: whether the issue of a vulnerability that is not open when it is exported is
 *     moved to the status that the vulnerability's is mapped to
 * @param via the statuses on the way to a status that several transitions lead to; {@code {}} for the ways that are known,
 *     {@code "off"} for single transitions only
 * @param transitionFields what transitions send because of a vulnerability's status, where their screens show the field
 * @param transitionComment a Jinja2 template of the comment that the transition adds; empty for none
 * @param reopen {@code transition} or {@code new_issue}: whether a vulnerability that is opened again gets a new issue where the
 *     workflow does not lead back
 */
record MappingRequest(
        @Schema(description = "an object such as {\"Done\": \"closed\"}") @Nullable
        ObjectNode incoming,

        @Schema(description = "an object such as {\"closed\": \"Done\"}") @Nullable
        ObjectNode outgoing,

        @Nullable String policy,
        @Nullable String onExport,

        @Schema(description = "an object such as {\"Done\": [\"In Progress\", \"In Review\"]}, or \"off\"") @Nullable
        JsonNode via,

        @Schema(description = "an object such as {\"closed\": {\"Resolution\": \"Fixed\"}}") @Nullable
        ObjectNode transitionFields,

        @Nullable String transitionComment,
        @Nullable String reopen,

        @Nullable String version) {

    MappingRequest {
        if (Stream.of(incoming, outgoing, policy, onExport, via, transitionFields, transitionComment, reopen)
                .allMatch(Objects::isNull)) {
            throw new InvalidRequest(
                    "body",
                    "must give at least one of \"incoming\" {\"Done\": \"closed\"}, \"outgoing\" {\"closed\":"
                            + " \"Done\"}, \"policy\", \"on_export\", \"via\", \"transition_fields\", \"transition_comment\" and \"reopen\"");
        }
        Storable.require(incoming);
        Storable.require(outgoing);
        Storable.require(via);
        Storable.require(transitionFields);
        Storable.require(transitionComment == null ? null : TextNode.valueOf(transitionComment));
    }
}
