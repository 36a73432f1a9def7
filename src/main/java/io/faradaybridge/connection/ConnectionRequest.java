package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Jira is: {@code {"url": "https://jira.example.org", "consumer_key": "faraday-key"}}.
 *
 * @param consumerKey null: as it is
 */
@JsonNaming(SnakeCaseStrategy.class)
record ConnectionRequest(URI url, @Nullable String consumerKey) {

    private static final int LONGEST_KEY = 255;

    /** @throws InvalidRequest naming the field */
    static ConnectionRequest read(JsonNode json) {
        return new ConnectionRequest(url(Fields.text(json, "url")), consumerKey(json));
    }

    private static URI url(String text) {
        try {
            return JiraAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("url", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String consumerKey(JsonNode json) {
        if (!json.hasNonNull("consumer_key")) {
            return null;
        }
        String key = Fields.text(json, "consumer_key").strip();
        if (key.length() > LONGEST_KEY) {
            throw new InvalidRequest("consumer_key", "is longer than " + LONGEST_KEY + " characters");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("consumer_key", "must not hold control characters");
        }
        return key;
    }
}
