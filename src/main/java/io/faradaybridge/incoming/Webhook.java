package io.faradaybridge.incoming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What a Jira Automation rule posts, as Faraday documents it: {@code {"title": key, "desc", "priority", "status"}}, and
 * optionally the issue's {@code id}. The description is never read, let alone kept.
 *
 * @param issueKey such as {@code SEC-12}
 * @param issueId Jira's id, or empty
 * @param status the status' name
 */
record Webhook(String issueKey, String issueId, String status) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,254}-[0-9]{1,18}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST_STATUS = 255;

    /** @throws UnreadableWebhook naming the field and the cure */
    static Webhook read(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UnreadableWebhook(
                    "body",
                    "is not valid JSON" + position(e)
                            + "; in the rule's custom data, write texts with .jsonEncode(), such as"
                            + " \"{{issue.status.name.jsonEncode()}}\"");
        } catch (IOException e) {
            throw new UnreadableWebhook("body", "could not be read as JSON in UTF-8");
        }
        if (json == null || !json.isObject()) {
            throw new UnreadableWebhook("body", "must be a JSON object with \"title\" and \"status\"");
        }
        String key = text(json, "title").strip();
        if (!KEY.matcher(key).matches()) {
            throw new UnreadableWebhook("title", "must be the issue's key, such as \"SEC-12\": use \"{{issue.key}}\"");
        }
        String status = text(json, "status").strip();
        if (status.length() > LONGEST_STATUS || status.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableWebhook(
                    "status", "must be the status' name, at most " + LONGEST_STATUS + " printable characters");
        }
        JsonNode id = json.path("id");
        String issueId = id.isValueNode() && !id.isNull() ? id.asText().strip() : "";
        if (!issueId.isEmpty() && !ID.matcher(issueId).matches()) {
            throw new UnreadableWebhook("id", "must be the issue's id, such as \"10042\": use \"{{issue.id}}\"");
        }
        return new Webhook(key, issueId, status);
    }

    String projectKey() {
        return issueKey.substring(0, issueKey.lastIndexOf('-'));
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new UnreadableWebhook(field, "is missing; send it as a text that is not empty");
        }
        if (value.asText().contains("{{")) {
            throw new UnreadableWebhook(
                    field, "holds '{{': Jira did not render it; check the smart value's spelling in the rule");
        }
        return value.asText();
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
