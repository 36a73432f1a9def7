package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.connection.ConnectionController.AccountView;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.client.OAuthTokens;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The API's OAuth authorisation: begin it, and finish it with Jira's answer, in a browser or with a code that the user
 * enters.
 */
@RestController
@RequestMapping("/_api/v3/integrations/jira/connection")
class AuthorizationController {

    private static final String CALLBACK = "/_api/v3/integrations/jira/connection/callback";
    private static final String CONSOLE = "console";

    private final Authorization authorization;
    private final OwnAddress own;

    AuthorizationController(Authorization authorization, OwnAddress own) {
        this.authorization = authorization;
        this.own = own;
    }

    /** @param authorizeUrl to be opened in a browser, signed in to Jira as the bridge's account */
    record AuthorizeView(String authorizeUrl, Instant expiresAt, String callback) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthorizedView(
            String authorizationState, @Nullable AccountView account, String message) {}

    /** @param callback {@code oob} if no browser can come back; {@code console}: to the console's page, not the API */
    record AuthorizeRequest(
            @Schema(description = CALLBACKS) @Nullable String callback) {
        private static final String CALLBACKS =
                "\"oob\", \"console\" or left out: Jira then comes back to the bridge's own address (bridge.public-url)";

        AuthorizeRequest {
            if (callback != null && !List.of(OAuthTokens.OUT_OF_BAND, CONSOLE).contains(callback)) {
                throw new InvalidRequest("callback", "must be " + CALLBACKS);
            }
        }
    }

    /**
     * @param verifier the code that Jira showed
     * @param oauthToken selects the authorisation if several were begun
     */
    record VerifierRequest(String verifier, @Nullable String oauthToken) {

        VerifierRequest {
            verifier = CredentialsRequest.token("verifier", verifier);
            oauthToken = oauthToken == null ? null : CredentialsRequest.token("oauth_token", oauthToken);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** Body: none, or {@code {"callback": "oob"}} if no browser can come back to the bridge. */
    @PostMapping("/authorize")
    @Operation(summary = "Begin to authorise the bridge in Jira by OAuth")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    AuthorizeView begin(@RequestBody(required = false) @Nullable AuthorizeRequest body, FaradayUser user) {
        String callback = callback(body == null ? null : body.callback());
        Authorization.Begun begun = authorization.begin(callback, user);
        return new AuthorizeView(begun.url().toString(), begun.expiresAt(), callback);
    }

    private String callback(@Nullable String asked) {
        if (asked == null) {
            return own.now() + CALLBACK;
        }
        return asked.equals(CONSOLE) ? own.consoleCallback() : asked;
    }

    /** Where Jira sends the browser back to. */
    @GetMapping("/callback")
    @Operation(summary = "Finish the authorisation when Jira sends the browser back")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    AuthorizedView back(
            @RequestParam(name = "oauth_token", required = false) @Nullable String token,
            @RequestParam(name = "oauth_verifier", required = false) @Nullable String verifier,
            FaradayUser user) {
        return finish(given(token, "oauth_token"), verifier, user);
    }

    /** The same call with an HTML answer for a browser. */
    @GetMapping(path = "/callback", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(summary = "Finish the authorisation when Jira sends the browser back")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    ResponseEntity<String> backInABrowser(
            @RequestParam(name = "oauth_token", required = false) @Nullable String token,
            @RequestParam(name = "oauth_verifier", required = false) @Nullable String verifier,
            FaradayUser user) {
        try {
            return page(
                    HttpStatus.OK,
                    "Jira is connected",
                    finish(given(token, "oauth_token"), verifier, user).message());
        } catch (InvalidRequest refused) {
            return page(HttpStatus.BAD_REQUEST, "Jira is not connected", refused.text());
        } catch (JiraFailure failure) {
            return page(HttpStatus.BAD_GATEWAY, "Jira is not connected", String.valueOf(failure.getMessage()));
        } catch (ResponseStatusException refused) {
            return page(refused.getStatusCode(), "Jira is not connected", String.valueOf(refused.getReason()));
        }
    }

    private ResponseEntity<String> page(HttpStatusCode status, String title, String message) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                // the address contains Jira's one-time code
                .header("Referrer-Policy", "no-referrer")
                .body(CallbackPage.of(title, message, own.console()));
    }

    /** Body: {@code {"verifier": "ab12cd"}}, the code that Jira showed; {@code "oauth_token"} if several were begun. */
    @PostMapping("/verifier")
    @Operation(summary = "Finish the authorisation with the code that Jira showed")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    AuthorizedView byHand(@RequestBody VerifierRequest request, FaradayUser user) {
        return finish(request.oauthToken(), request.verifier(), user);
    }

    private static String given(@Nullable String token, String field) {
        if (token == null || token.isBlank()) {
            throw new InvalidRequest(field, "is missing: this address is for Jira to send your browser back to");
        }
        return token;
    }

    private AuthorizedView finish(@Nullable String token, @Nullable String verifier, FaradayUser user) {
        Myself account = authorization.finish(token, verifier, user);
        return new AuthorizedView(
                AuthorizationState.AUTHORIZED,
                AccountView.of(account),
                account == null
                        ? "The bridge is authorised. Jira did not return its account; test the connection."
                        : "The bridge is authorised and acts as " + account.displayName() + " in Jira.");
    }
}
