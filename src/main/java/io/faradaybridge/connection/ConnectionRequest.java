package io.faradaybridge.connection;

import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Jira is: {@code {"url": "https://jira.example.org", "consumer_key": "faraday-key"}}.
 *
 * @param consumerKey null: as it is
 */
record ConnectionRequest(String url, @Nullable String consumerKey) {

    private static final int LONGEST_KEY = 255;

    ConnectionRequest {
        address(url);
        if (consumerKey != null) {
            consumerKey = consumerKey.strip();
            if (consumerKey.length() > LONGEST_KEY) {
                throw new InvalidRequest("consumer_key", "is longer than " + LONGEST_KEY + " characters");
            }
            if (consumerKey.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidRequest("consumer_key", "must not hold control characters");
            }
        }
    }

    URI address() {
        return address(url);
    }

    private static URI address(String url) {
        try {
            return JiraAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("url", String.valueOf(e.getMessage()));
        }
    }
}
