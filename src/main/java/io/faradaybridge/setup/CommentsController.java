package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.configuration.CommentCopying;
import io.faradaybridge.faraday.FaradayComments;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's call for the comments that are copied. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}/comments")
class CommentsController {

    private final ConfigurationEditor row;
    private final FaradayComments comments;
    private final ApplicationEventPublisher events;

    CommentsController(ConfigurationEditor row, FaradayComments comments, ApplicationEventPublisher events) {
        this.row = row;
        this.comments = comments;
        this.events = events;
    }

    record CommentsRequest(
            @Schema(
                    description = "which comments are copied",
                    allowableValues = {"none", "to_jira", "to_faraday", "both"})
            String comments,

            @Nullable String version) {

        CommentsRequest {
            if (comments == null || CommentCopying.parse(comments).isEmpty()) {
                throw new InvalidRequest("comments", "must be one of " + CommentCopying.VALUES);
            }
        }

        CommentCopying copying() {
            return CommentCopying.parse(comments).orElseThrow();
        }
    }

    /** @param version the version of the row */
    record CommentsView(String project, String comments, String version) {}

    /** {@code {"comments": "both"}}; what is switched on counts for comments that are written from then on. */
    @PutMapping
    @Operation(summary = "Choose which comments are copied")
    @PreAuthorize("hasAuthority('jira:update')")
    CommentsView save(
            @PathVariable String key,
            @RequestBody CommentsRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        Opened opened = row.open(ConfigurationEditor.basedOn(ifMatch, request.version()));
        String configured = opened.requireProject(key);
        CommentCopying copying = request.copying();
        if (copying != CommentCopying.NONE) {
            comments.missingRights(copying.toFaraday()).ifPresent(missing -> {
                throw new InvalidRequest("comments", missing);
            });
        }
        boolean nothing =
                copying == CommentCopying.NONE && !opened.project(configured).has(CommentCopying.KEY);
        String version = nothing
                ? opened.version()
                : row.set(
                        opened,
                        by,
                        configured,
                        CommentCopying.KEY,
                        TextNode.valueOf(copying.stored()),
                        () -> events.publishEvent(new CommentCopying.Changed(configured.strip(), copying)));
        return new CommentsView(configured.strip(), copying.stored(), version);
    }
}
