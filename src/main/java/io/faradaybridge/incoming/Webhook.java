package io.faradaybridge.incoming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.faradaybridge.activity.WebhookResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a Jira Automation rule posts, as Faraday documents it: {@code {"title": key, "desc", "priority", "status"}}, and
 * optionally the issue's {@code id}; or the rule's "Issue data": {@code {"key", "id", "fields": {"status": {"name"}}}}; or
 * Jira's own webhook, which has the same within {@code "issue"}. The description is never read or kept, so an error in it
 * does no harm.
 *
 * @param issueKey such as {@code SEC-12}; may be empty if there is an id
 * @param issueId Jira's id, or empty
 * @param status the status' name; empty if only its id is known, or if the issue was deleted
 * @param statusId Jira's id of the status, or empty
 * @param comment whether it tells of a comment
 */
record Webhook(String issueKey, String issueId, String status, String statusId, Comment comment) {

    /** What a webhook says of comments. */
    enum Comment {
        NONE,
        /** It has a comment, or an Automation rule does not say why it was run. */
        POSSIBLE,
        /** It is about a comment and says nothing of the issue's status. */
        ONLY
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();
    /** The charset that senders use when they state ISO-8859-1. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,254}-[0-9]{1,18}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST_STATUS = 255;
    private static final String OF_COMMENT = "comment_";
    private static final Pattern COMMENTS_ISSUE = Pattern.compile(".*/issue/([0-9]{1,18})/comment/.*");
    private static final String DELETED = "jira:issue_deleted";

    /** @throws UnreadableWebhook with the field and what to change */
    static Webhook read(byte[] body) {
        return read(body, false);
    }

    /** @param comments whether an event about a comment is read though it has no issue, or no status of it */
    static Webhook read(byte[] body, boolean comments) {
        JsonNode json = parsed(body);
        if (json.isTextual()) {
            json = parsed(json.asText().getBytes(StandardCharsets.UTF_8)); // the whole object was sent as a quoted text
        }
        if (!json.isObject()) {
            throw new UnreadableWebhook(
                    WebhookResult.NOT_JSON, "body", "must be a JSON object with \"title\" and \"status\"");
        }
        boolean ofIssue = json.path("issue").isObject();
        if (comments && json.path("webhookEvent").asText().startsWith(OF_COMMENT)) {
            Webhook only = onlyComment(json);
            if (!only.issueId().isEmpty()) {
                return only;
            }
        }
        if (json.has("webhookEvent") && !ofIssue) {
            throw new UnreadableWebhook(
                    WebhookResult.NO_ISSUE,
                    "issue",
                    "is missing: this event is not about an issue; in the settings of Jira's webhook choose only the"
                            + " events 'Issue: updated' and 'Issue: deleted'");
        }
        JsonNode issue = ofIssue ? json.path("issue") : json;
        String id = id(issue);
        String key = key(issue, id);
        if (json.path("webhookEvent").asText().equals(DELETED)) {
            return new Webhook(key, id, "", "", Comment.NONE);
        }
        JsonNode status = issue.has("status") ? issue.path("status") : issue.at("/fields/status");
        Comment comment = !json.has("webhookEvent") || json.has("comment") ? Comment.POSSIBLE : Comment.NONE;
        String statusId = status.path("id").asText("").strip();
        return ID.matcher(statusId).matches()
                ? new Webhook(key, id, status.path("name").isTextual() ? name(status) : "", statusId, comment)
                : new Webhook(key, id, name(status), "", comment);
    }

    /** Data Center names the issue of a comment only in the comment's own address. Without an id if it has a status. */
    private static Webhook onlyComment(JsonNode json) {
        boolean hasStatus = !json.at("/issue/fields/status").isMissingNode();
        String id = json.at("/issue/id")
                .asText(COMMENTS_ISSUE
                        .matcher(json.at("/comment/self").asText())
                        .replaceFirst("$1"));
        return new Webhook("", !hasStatus && ID.matcher(id).matches() ? id : "", "", "", Comment.ONLY);
    }

    /** Whether it has no status, since the issue was deleted or it is about a comment. */
    boolean withoutStatus() {
        return status.isEmpty() && statusId.isEmpty();
    }

    static String projectOf(String issueKey) {
        return issueKey.substring(0, Math.max(0, issueKey.lastIndexOf('-')));
    }

    private static String key(JsonNode issue, String id) {
        String field = issue.path("title").isMissingNode() && issue.has("key") ? "key" : "title";
        String key = issue.path(field).asText().strip();
        if (KEY.matcher(key).matches()) {
            return key;
        }
        if (!id.isEmpty()) {
            return "";
        }
        required(WebhookResult.NO_ISSUE, issue.path(field), field);
        throw new UnreadableWebhook(
                WebhookResult.NO_ISSUE, field, "must be the issue's key, such as \"SEC-12\": use \"{{issue.key}}\"");
    }

    private static String id(JsonNode issue) {
        JsonNode id = issue.path("id");
        String issueId = id.isValueNode() && !id.isNull() ? id.asText().strip() : "";
        if (!issueId.isEmpty() && !ID.matcher(issueId).matches()) {
            throw new UnreadableWebhook(
                    WebhookResult.NO_ISSUE, "id", "must be the issue's id, such as \"10042\": use \"{{issue.id}}\"");
        }
        return issueId;
    }

    private static String name(JsonNode status) {
        String name = required(WebhookResult.NO_STATUS, status.isObject() ? status.path("name") : status, "status")
                .strip();
        if (name.length() > LONGEST_STATUS || name.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableWebhook(
                    WebhookResult.NO_STATUS,
                    "status",
                    "must be the status' name, at most " + LONGEST_STATUS + " printable characters");
        }
        return name;
    }

    private static String required(WebhookResult otherwise, JsonNode value, String field) {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new UnreadableWebhook(otherwise, field, "is missing; send it as a text that is not empty");
        }
        if (value.asText().contains("{{")) {
            throw new UnreadableWebhook(
                    WebhookResult.NOT_RENDERED,
                    field,
                    "holds '{{': Jira did not render it; check the smart value's spelling in the rule");
        }
        return value.asText();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return tree(body);
        } catch (JsonProcessingException e) {
            throw new UnreadableWebhook(
                    WebhookResult.NOT_JSON,
                    "body",
                    "is not valid JSON" + position(e)
                            + "; in the rule's custom data, write texts with .jsonEncode(), such as"
                            + " \"{{issue.status.name.jsonEncode()}}\"");
        } catch (IOException e) {
            throw new UnreadableWebhook(WebhookResult.NOT_JSON, "body", "could not be read as JSON in UTF-8");
        }
    }

    private static JsonNode tree(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            if (isUtf8(body)) {
                throw e;
            }
            return JSON.readTree(new String(body, WESTERN));
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
