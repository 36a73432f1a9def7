package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.ErrorAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs the sender of a session's cookie in, for one request. The account is read each time, so that a new password,
 * deactivation or deletion ends all its sessions at once. A request that changes something must also carry the
 * session's {@code X-CSRF-Token}. Requests with HTTP Basic are not affected.
 */
class SessionFilter extends OncePerRequestFilter {

    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final SessionCookies cookies;
    private final FaradayUsers users;
    private final SignIn signIn;
    /** Keeps the user for the second dispatch of an asynchronous request. */
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    SessionFilter(SessionCookies cookies, FaradayUsers users, SignIn signIn) {
        this.cookies = cookies;
        this.users = users;
        this.signIn = signIn;
    }

    /** Probes need no sign-in, and a new sign-in needs no session. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/observe")
                || (request.getMethod().equals("POST")
                        && request.getServletPath().equals(ApiTerms.SESSION_PATH));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean unsafe = !SAFE.contains(request.getMethod());
        if (unsafe && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            ErrorAnswers.write(response, 403, "a page of another site asked for this; nothing was done");
            return;
        }
        Optional<Session> session =
                SecurityContextHolder.getContext().getAuthentication() == null ? cookies.of(request) : Optional.empty();
        Optional<FaradayUser> user;
        try {
            user = session.flatMap(
                    found -> users.byUsername(found.username()).filter(account -> cookies.stillOf(found, account)));
            if (user.isPresent()) {
                Session current = session.get();
                if (unsafe && !form(request) && !cookies.csrfFits(current, request.getHeader(ApiTerms.CSRF_HEADER))) {
                    ErrorAnswers.write(response, 403, RefusedCall.WITHOUT_TOKEN);
                    return;
                }
                Optional<Session> renewed = cookies.renewed(current);
                renewed.ifPresent(longer -> response.addHeader(
                        HttpHeaders.SET_COOKIE, cookies.cookie(longer, request).toString()));
                enter(signIn.authenticated(user.get(), renewed.orElse(current)), request, response);
            }
        } catch (DataAccessException | TransactionException e) {
            ErrorAnswers.databaseAway(response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean form(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getServletPath().startsWith(ApiTerms.FORMS);
    }

    private void enter(Authentication authentication, HttpServletRequest request, HttpServletResponse response) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
