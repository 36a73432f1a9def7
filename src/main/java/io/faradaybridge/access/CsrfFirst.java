package io.faradaybridge.access;

import io.faradaybridge.web.SessionTerms;
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
                && !request.getServletPath().startsWith(SessionTerms.FORMS)
                && !(request.getMethod().equals("POST")
                        && request.getServletPath().equals(SessionTerms.PATH))
                && caller != null
                && caller.getDetails() instanceof Session session
                && !cookies.csrfFits(session, request.getHeader(SessionTerms.CSRF_HEADER))) {
            throw RefusedCall.withoutToken();
        }
        return true;
    }
}
