package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.BridgeSettings;
import io.faradaybridge.configuration.IssueAttachments;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's call for files that new issues get as attachments. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}/attachments")
class AttachmentsController {

    private final ConfigurationEditor row;
    private final BridgeSettings settings;

    AttachmentsController(ConfigurationEditor row, BridgeSettings settings) {
        this.row = row;
        this.settings = settings;
    }

    record AttachmentsRequest(
            boolean enabled,

            @Schema(description = COUNT) @Nullable Integer maxCount,

            @Schema(description = BYTES) @Nullable Integer maxBytes,

            @Nullable String version) {

        private static final String COUNT =
                "files of one issue at most, 1 to " + IssueAttachments.HIGHEST_COUNT + "; 10 if left out";
        private static final String BYTES =
                "bytes of one file at most, 1 to " + IssueAttachments.HIGHEST_BYTES + "; 5000000 if left out";

        IssueAttachments attachments(boolean hasAccount) {
            int count = maxCount == null ? IssueAttachments.NONE.maxCount() : maxCount;
            int bytes = maxBytes == null ? IssueAttachments.NONE.maxBytes() : maxBytes;
            Map<String, List<String>> wrong = new LinkedHashMap<>();
            if (enabled && !hasAccount) {
                wrong.put(
                        "enabled",
                        List.of("needs an account for Faraday's API: set bridge.faraday.login-url and"
                                + " bridge.faraday.api.password, and start the bridge again"));
            }
            if (count < 1 || count > IssueAttachments.HIGHEST_COUNT) {
                wrong.put("max_count", List.of("must be a whole number, 1 to " + IssueAttachments.HIGHEST_COUNT));
            }
            if (bytes < 1 || bytes > IssueAttachments.HIGHEST_BYTES) {
                wrong.put("max_bytes", List.of("must be a whole number, 1 to " + IssueAttachments.HIGHEST_BYTES));
            }
            if (!wrong.isEmpty()) {
                throw new InvalidRequest(wrong);
            }
            return new IssueAttachments(enabled, count, bytes);
        }
    }

    /** @param version the version of the row */
    record AttachmentsView(String project, JsonNode attachments, String version) {}

    /** {@code {"enabled": true, "max_count": 10, "max_bytes": 5000000}}; 400 by field. */
    @PutMapping
    @Operation(summary = "Attach files to new issues")
    @PreAuthorize("hasAuthority('jira:update')")
    AttachmentsView save(
            @PathVariable String key,
            @RequestBody AttachmentsRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        Opened opened = row.open(ConfigurationEditor.basedOn(ifMatch, request.version()));
        String configured = opened.requireProject(key);
        JsonNode after = request.attachments(settings.faraday().hasApiAccount()).stored();
        String version = row.set(opened, by, configured, IssueAttachments.KEY, after);
        return new AttachmentsView(configured.strip(), after, version);
    }
}
