package io.faradaybridge.console;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** A sentence for the next page, after a form was carried out. The process keeps no sessions, so a cookie carries it. */
final class Notice {

    private static final String COOKIE = "faraday_bridge_notice";
    private static final int LONGEST = 1000;

    private Notice() {}

    static ResponseCookie saying(String text, HttpServletRequest request) {
        byte[] bytes = text.substring(0, Math.min(LONGEST, text.length())).getBytes(StandardCharsets.UTF_8);
        return cookie(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), 60, request);
    }

    static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE)).flatMap(cookie -> read(cookie.getValue()));
    }

    static ResponseCookie shown(HttpServletRequest request) {
        return cookie("", 0, request);
    }

    private static Optional<String> read(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8))
                    .filter(text -> !text.isBlank());
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static ResponseCookie cookie(String value, int seconds, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path(request.getContextPath() + ConsoleWeb.PATH)
                .maxAge(seconds)
                .build();
    }
}
