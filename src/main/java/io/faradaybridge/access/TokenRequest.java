package io.faradaybridge.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.UserTokens.TokenSettings;
import io.faradaybridge.faraday.UserTokens.UserToken;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request for a user's own token: {@code {"alias": "Jira Automation", "expires_at": "2027-01-31T00:00:00Z", "hide":
 * false}}.
 *
 * @param expiresAt in the future; null for a token that does not expire
 * @param scope {@code jira}, if it is given
 */
record TokenRequest(
        @Schema(description = ALIAS) String alias,
        @Schema(implementation = Instant.class) @Nullable JsonNode expiresAt,
        @Nullable Boolean hide,
        @Nullable String scope) {

    private static final int LONGEST_ALIAS = 255;
    private static final String ALIAS = "a text of 1 to " + LONGEST_ALIAS + " printable characters";
    private static final int LAST_YEAR = 9999;

    /** @throws InvalidRequest with every field that is wrong */
    TokenSettings settings(Instant now) {
        return new Change(alias, expiresAt, hide, scope).of(new TokenSettings("", null, false), now);
    }

    /** A change of a token; a field that is not given stays as it is. */
    record Change(
            @Schema(description = ALIAS) @Nullable String alias,

            @Schema(implementation = Instant.class) @Nullable
            JsonNode expiresAt,

            @Nullable Boolean hide,
            @Nullable String scope) {

        /** @throws InvalidRequest with every field that is wrong */
        TokenSettings of(UserToken token, Instant now) {
            return of(new TokenSettings(token.alias(), token.expiresAt(), token.hide()), now);
        }

        private TokenSettings of(TokenSettings before, Instant now) {
            Map<String, List<String>> wrong = new LinkedHashMap<>();
            if (scope != null && !scope.equals(TokenController.SCOPE)) {
                wrong.put("scope", List.of("must be \"jira\", the only one that the bridge makes tokens of"));
            }
            String name = alias == null ? before.alias() : alias.strip();
            if (name.isEmpty()
                    || name.codePointCount(0, name.length()) > LONGEST_ALIAS
                    || name.chars().anyMatch(Character::isISOControl)) {
                wrong.put("alias", List.of("must be " + ALIAS));
            }
            Instant end = expiresAt == null ? before.expiresAt() : instant(expiresAt);
            if (expiresAt != null && !expiresAt.isNull() && (end == null || !end.isAfter(now))) {
                wrong.put(
                        "expires_at",
                        List.of("must be a time in the future, such as \""
                                + (now.atOffset(ZoneOffset.UTC).getYear() + 1)
                                + "-01-31T00:00:00Z\", or null for a token that does not expire"));
            }
            if (!wrong.isEmpty()) {
                throw new InvalidRequest(wrong);
            }
            return new TokenSettings(name, end, Objects.requireNonNullElse(hide, before.hide()));
        }
    }

    /** A time without a zone is UTC, as everywhere in Faraday; null if Faraday could not read the time. */
    private static @Nullable Instant instant(JsonNode given) {
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    given.isTextual() ? given.asText().strip() : "", OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time =
                    parsed instanceof OffsetDateTime known ? known : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
            Instant end = time.toInstant().truncatedTo(ChronoUnit.MICROS);
            return end.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR ? null : end;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
