package io.faradaybridge.access;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/** The API's sign-in for browsers: a session in a cookie. Scripts use HTTP Basic and need none. */
@RestController
@RequestMapping(ApiTerms.SESSION_PATH)
class SessionController {

    private static final int LONGEST = 1000;

    private final SignIn signIn;
    private final SessionCookies cookies;

    SessionController(SignIn signIn, SessionCookies cookies) {
        this.signIn = signIn;
        this.cookies = cookies;
    }

    /**
     * The body of a sign-in: name and password, or {@code {"faraday_session": true}} for a user who is signed in to
     * Faraday in the same browser.
     *
     * @param username called "email" in Faraday's own login
     */
    record Credentials(
            @JsonAlias("email") @Nullable String username,
            @Nullable String password,
            @Schema(description = FARADAY_SESSION) @Nullable Boolean faradaySession) {

        private static final String FARADAY_SESSION = "true, or be left out beside \"username\" and \"password\"";

        Credentials {
            if (Boolean.FALSE.equals(faradaySession)) {
                throw new InvalidRequest("faraday_session", "must be " + FARADAY_SESSION);
            }
            if (faradaySession == null) {
                require("username", username);
                require("password", password);
            }
        }

        private static void require(String field, @Nullable String text) {
            if (text == null || text.isEmpty() || text.length() > LONGEST) {
                throw new InvalidRequest(field, "must be a text of 1 to " + LONGEST + " characters");
            }
        }

        @Override
        public String toString() {
            return username + ", ***";
        }
    }

    /**
     * @param permissions the permissions of the user's roles, such as {@code jira:read}
     * @param csrfToken the header {@code X-CSRF-Token} of this session's requests; null for HTTP Basic, which needs
     *     none
     * @param expiresAt a session in use is renewed before that; null for HTTP Basic
     */
    record Shown(
            int userId,
            String username,
            List<String> permissions,
            @Nullable String csrfToken,
            @Nullable Instant expiresAt) {}

    /** The caller and the caller's permissions, with the session's cookie. */
    @PostMapping
    @Operation(summary = "Sign in for a session in a cookie")
    ResponseEntity<Shown> signIn(@RequestBody Credentials credentials, HttpServletRequest request) {
        WebAuthenticationDetails details = new WebAuthenticationDetails(request);
        Authentication signedIn = credentials.faradaySession() != null
                ? signIn.byFaradaySession(faradaySession(request), details)
                : byPassword(credentials, details);
        Session session = cookies.begin(((SignedIn) signedIn.getPrincipal()).user());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookies.cookie(session, request).toString())
                .body(shown(signedIn, session));
    }

    private Authentication byPassword(Credentials credentials, WebAuthenticationDetails details) {
        var attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(credentials.username(), credentials.password());
        attempt.setDetails(details);
        return signIn.authenticate(attempt);
    }

    private static String faradaySession(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, FaradayLogin.COOKIE))
                .map(Cookie::getValue)
                .orElseThrow(() -> new InvalidRequest(
                        "faraday_session",
                        "is not in the request; sign in to Faraday in this browser, at the host that the bridge"
                                + " shares with it"));
    }

    /** The caller and the caller's permissions. */
    @GetMapping
    @Operation(summary = "Who is signed in, and what they may do")
    @PreAuthorize("isAuthenticated()")
    Shown show(Authentication caller) {
        return shown(caller, caller.getDetails() instanceof Session session ? session : null);
    }

    /** Removes the cookie, even if the session has ended already. */
    @DeleteMapping
    @Operation(summary = "End the session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookies.gone(request).toString())
                .build();
    }

    private Shown shown(Authentication caller, @Nullable Session session) {
        FaradayUser user = ((SignedIn) caller.getPrincipal()).user();
        return new Shown(
                user.id(),
                user.username(),
                caller.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .sorted()
                        .toList(),
                session == null ? null : cookies.csrfToken(session),
                session == null ? null : session.ends());
    }
}
