package io.faradaybridge.access;

import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.ErrorAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * The answers to a failed sign-in and a missing permission: in the format of Faraday's errors, and without details that
 * help an attacker.
 */
@Component
class SignInErrors implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final FaradayLogin faraday;

    SignInErrors(FaradayLogin faraday) {
        this.faraday = faraday;
    }

    /** Not signed in, or not successfully. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof SignInLimited limited) {
            ErrorAnswers.write(
                    response,
                    429,
                    limited.seconds(),
                    "too many sign-ins failed; try again in " + limited.seconds() + " s");
        } else if (failure instanceof AuthenticationServiceException) { // it could not be checked
            ErrorAnswers.write(response, 503, 10, failure.getMessage());
        } else {
            if (!fromAPage(request)) {
                response.setHeader("WWW-Authenticate", "Basic realm=\"Faraday\"");
            }
            ErrorAnswers.write(
                    response, 401, "sign in with the name and password of an active Faraday user" + exceptions());
        }
    }

    /** Signed in, but not allowed. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        ErrorAnswers.write(
                response, 403, denied instanceof RefusedCall ? denied.getMessage() : RefusedCall.NOT_ALLOWED);
    }

    /** A web page asks for name and password itself. The header would make the browser ask and keep the password. */
    private static boolean fromAPage(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader("X-Requested-With") != null
                || (mode != null && !mode.equals("navigate"))
                || request.getServletPath().equals(ApiTerms.SESSION_PATH);
    }

    private String exceptions() {
        return faraday.configured()
                ? "; accounts of SAML, or with a second factor, sign in to Faraday first, then by POST session"
                        + " {\"faraday_session\": true} in the same browser"
                : "; accounts with a second factor, of LDAP or SAML can sign in only where bridge.faraday.login-url is set";
    }
}
