package io.faradaybridge.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/** Light or dark, if the person has chosen; otherwise the browser's setting counts. */
final class Theme {

    private static final String COOKIE = "faraday_bridge_theme";

    private Theme() {}

    static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(Cookie::getValue)
                .filter(value -> value.equals("light") || value.equals("dark"));
    }
}
