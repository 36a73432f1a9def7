package io.faradaybridge.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.faraday.UserTokens.TokenSettings;
import io.faradaybridge.faraday.UserTokens.UserToken;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for a token of theirs: {@code {"alias": "Jira Automation", "expires_at": "2027-01-31T00:00:00Z", "hide":
 * false}}.
 *
 * @param alias 1 to 255 characters
 * @param expiresAt in the future; null: never
 */
@JsonNaming(SnakeCaseStrategy.class)
record TokenRequest(
        String alias,
        @Nullable Instant expiresAt,
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED) boolean hide) {

    /** The same where each is given alone. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Change(
            @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String alias,

            @Nullable Instant expiresAt,

            @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            boolean hide) {}

    private static final int LONGEST_ALIAS = 255;
    private static final int LAST_YEAR = 9999;
    private static final Set<String> FIELDS = Set.of("alias", "expires_at", "hide", "scope");

    /** @throws InvalidRequest naming every field that does not fit */
    static TokenSettings toMake(JsonNode json, Instant now) {
        return read(json, new TokenSettings("", null, false), now);
    }

    /** What is not named stays as it is. */
    static TokenSettings toChange(JsonNode json, UserToken token, Instant now) {
        return read(json, new TokenSettings(token.alias(), token.expiresAt(), token.hide()), now);
    }

    private static TokenSettings read(JsonNode json, TokenSettings before, Instant now) {
        if (!json.isObject()) {
            throw new InvalidRequest(
                    "body", "must be a JSON object with \"alias\", and perhaps \"expires_at\" and \"hide\"");
        }
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        unknown.forEach(field -> wrong.put(field, List.of("cannot be given")));
        if (json.has("scope") && !json.path("scope").asText().equals(TokenController.SCOPE)) {
            wrong.put("scope", List.of("must be \"jira\", the only one that the bridge makes tokens of"));
        }
        String alias = before.alias();
        if (json.has("alias") || alias.isEmpty()) {
            alias = json.path("alias").isTextual() ? json.path("alias").asText().strip() : "";
            if (alias.isEmpty()
                    || alias.codePointCount(0, alias.length()) > LONGEST_ALIAS
                    || alias.chars().anyMatch(Character::isISOControl)) {
                wrong.put("alias", List.of("must be a text of 1 to " + LONGEST_ALIAS + " printable characters"));
            }
        }
        Instant expiresAt = before.expiresAt();
        if (json.has("expires_at")) {
            JsonNode end = json.path("expires_at");
            expiresAt = end.isTextual() ? instant(end.asText()) : null;
            if (!end.isNull() && (expiresAt == null || !expiresAt.isAfter(now))) {
                wrong.put(
                        "expires_at",
                        List.of("must be a time in the future, such as \""
                                + (now.atOffset(ZoneOffset.UTC).getYear() + 1)
                                + "-01-31T00:00:00Z\", or null for a token that does not expire"));
            }
        }
        boolean hide = before.hide();
        if (json.has("hide")) {
            hide = json.path("hide").asBoolean();
            if (!json.path("hide").isBoolean()) {
                wrong.put("hide", List.of("must be true or false"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequest(wrong);
        }
        return new TokenSettings(alias, expiresAt, hide);
    }

    /** Without a zone it is UTC, as everywhere in Faraday. */
    private static @Nullable Instant instant(String text) {
        try {
            var parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time =
                    parsed instanceof OffsetDateTime known ? known : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
            Instant end = time.toInstant().truncatedTo(ChronoUnit.MICROS);
            // Faraday could not read a later one
            return end.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR ? null : end;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
