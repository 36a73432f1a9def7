package io.faradaybridge.access;

import io.faradaybridge.web.ApiTerms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Checks the token of a session's call that changes something. {@link SessionFilter} has done so for calls from outside;
 * this holds for the calls that the console makes within the process too, whatever form brought them.
 */
final class CsrfFirst implements HandlerInterceptor {

    private final SessionCookies cookies;

    CsrfFirst(SessionCookies cookies) {
        this.cookies = cookies;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (!SessionFilter.SAFE.contains(request.getMethod())
                && !request.getServletPath().startsWith(ApiTerms.FORMS)
                && !(request.getMethod().equals("POST")
                        && request.getServletPath().equals(ApiTerms.SESSION_PATH))
                && caller != null
                && caller.getDetails() instanceof Session session
                && !cookies.csrfFits(session, request.getHeader(ApiTerms.CSRF_HEADER))) {
            throw RefusedCall.withoutToken();
        }
        return true;
    }
}
