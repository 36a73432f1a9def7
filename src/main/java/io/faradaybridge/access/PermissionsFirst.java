package io.faradaybridge.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Checks the permission for a call of the API before its body is read, so that only callers with permission learn what is wrong
 * with the body. Nothing else checks it: Spring Security's own check would look at every method of every bean at each start.
 */
final class PermissionsFirst implements HandlerInterceptor {

    private final AuthorizationManager<MethodInvocation> permissions = new PreAuthorizeAuthorizationManager();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod call) {
            try {
                permissions.verify(
                        () -> SecurityContextHolder.getContext().getAuthentication(),
                        new SimpleMethodInvocation(call.getBean(), call.getMethod()));
            } catch (AccessDeniedException denied) {
                PreAuthorize rule = call.getMethodAnnotation(PreAuthorize.class);
                throw rule == null ? denied : RefusedCall.byRole(rule.value());
            }
        }
        return true;
    }
}
