package io.faradaybridge.access;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.secrets.KeyDerivation;
import io.faradaybridge.tables.Json;
import io.faradaybridge.web.ApiTerms;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Sessions as signed cookies. Every replica accepts the cookies of the others, and none stores sessions. The cookie
 * holds the whole session and its signature; {@code X-CSRF-Token} is a second signature over its id, which a page of
 * another site cannot know.
 */
@Component
class SessionCookies {

    private static final int LONGEST_COOKIE = 4096;

    private final Signature sessions;
    private final Signature csrf;
    private final AccountFingerprint fingerprint;
    private final boolean publicHttps;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Autowired
    SessionCookies(KeyDerivation key, AccountFingerprint fingerprint, BridgeSettings settings) {
        this(key, fingerprint, settings.publicUrl().startsWith("https:"), Clock.systemUTC());
    }

    SessionCookies(KeyDerivation key, AccountFingerprint fingerprint, boolean publicHttps, Clock clock) {
        this.sessions = new Signature(key.derived("access/session"));
        this.csrf = new Signature(key.derived("access/csrf"));
        this.fingerprint = fingerprint;
        this.publicHttps = publicHttps;
        this.clock = clock;
    }

    Session begin(FaradayUser user) {
        byte[] id = new byte[18];
        random.nextBytes(id);
        long now = clock.instant().getEpochSecond();
        return new Session(Base64.getUrlEncoder().encodeToString(id), user.username(), fingerprint.of(user), now, now);
    }

    /** The session of the request, if its signature is right and it has not ended. The account is not checked here. */
    Optional<Session> of(HttpServletRequest request) {
        return request.getCookies() == null
                ? Optional.empty()
                : Arrays.stream(request.getCookies())
                        .filter(cookie -> cookie.getName().equals(ApiTerms.COOKIE))
                        .map(Cookie::getValue)
                        .flatMap(this::read)
                        .findFirst();
    }

    /** Whether the account is unchanged since the sign-in: active, same password, not deleted and created again. */
    boolean stillOf(Session session, FaradayUser user) {
        return user.active() && fingerprint.of(user).equals(session.account());
    }

    /** The session with a later end, if it is time to renew it. */
    Optional<Session> renewed(Session session) {
        Instant now = clock.instant();
        return session.ageing(now) ? Optional.of(session.renewed(now)) : Optional.empty();
    }

    String csrfToken(Session session) {
        return csrf.of(session.id());
    }

    /** @param token of the request, null if it has none */
    boolean csrfFits(Session session, @Nullable String token) {
        return token != null && csrf.fits(session.id(), token);
    }

    ResponseCookie cookie(Session session, HttpServletRequest request) {
        String content = base64(session);
        return cookie(content + "." + sessions.of(content), Duration.between(clock.instant(), session.ends()), request);
    }

    /** A cookie that removes the session's cookie. */
    ResponseCookie gone(HttpServletRequest request) {
        return cookie("", Duration.ZERO, request);
    }

    private ResponseCookie cookie(String value, Duration life, HttpServletRequest request) {
        return ResponseCookie.from(ApiTerms.COOKIE, value)
                .httpOnly(true)
                .sameSite("Lax")
                .secure(publicHttps || request.isSecure())
                .path("/")
                .maxAge(life)
                .build();
    }

    private Stream<Session> read(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 0 || cookie.length() > LONGEST_COOKIE) {
            return Stream.empty();
        }
        String content = cookie.substring(0, dot);
        if (!sessions.fits(content, cookie.substring(dot + 1))) {
            return Stream.empty();
        }
        try {
            Session session = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(content), Session.class);
            return session.over(clock.instant()) ? Stream.empty() : Stream.of(session);
        } catch (IOException | IllegalArgumentException ofAnotherVersion) {
            return Stream.empty();
        }
    }

    private static String base64(Session session) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.written(session).getBytes(StandardCharsets.UTF_8));
    }
}
