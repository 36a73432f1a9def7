package io.faradaybridge.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Judges a call's permission before its body is looked at: what is wrong with that is told to those alone who may make the call. */
final class PermissionsFirst implements HandlerInterceptor {

    private final AuthorizationManager<MethodInvocation> permissions = new PreAuthorizeAuthorizationManager();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod call) {
            permissions.verify(
                    () -> SecurityContextHolder.getContext().getAuthentication(),
                    // not its proxy, whose methods carry no permission
                    new SimpleMethodInvocation(AopProxyUtils.getSingletonTarget(call.getBean()), call.getMethod()));
        }
        return true;
    }
}
