package io.faradaybridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives a method of the console its {@link Page}, which begins with the session of the person, and every answer of the
 * console its headers: nothing but files of the console itself may run or be shown in a page.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleWeb implements WebMvcConfigurer, HandlerMethodArgumentResolver, HandlerInterceptor {

    static final String PATH = "/jira-bridge";

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final PageTemplates templates;
    private final ApiCalls api;
    private final PageFiles files;

    ConsoleWeb(PageTemplates templates, ApiCalls api, PageFiles files) {
        this.templates = templates;
        this.api = api;
        this.files = files;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns(PATH, PATH + "/**");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PATH + "/static/**")
                .addResourceLocations(PageFiles.OWN, PageFiles.LIBRARIES)
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Page.class;
    }

    /** @throws NotSignedIn unless the page is for everybody */
    @Override
    public Page resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = (HttpServletRequest) web.getNativeRequest();
        boolean forEverybody = parameter.hasMethodAnnotation(ForEverybody.class);
        return page(request, forEverybody);
    }

    /** The address of the page within the application, with its query. */
    static String here(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI().substring(request.getContextPath().length())
                + (query == null ? "" : "?" + query);
    }

    Page page(HttpServletRequest request, boolean forEverybody) {
        Map<String, Object> model = new LinkedHashMap<>();
        Answer session = api.get(request, "session");
        boolean signedIn = session.ok() && session.body() instanceof Map<?, ?> user && user.get("csrf_token") != null;
        if (signedIn && session.body() != null) {
            model.put("user", session.body());
        } else if (!forEverybody) {
            throw new NotSignedIn(session);
        }
        model.put("base", request.getContextPath() + PATH);
        model.put("api", request.getContextPath() + ApiCalls.BASE);
        model.put("file", files.addresses(request.getContextPath() + PATH + "/static/"));
        model.put("here", here(request));
        Theme.of(request).ifPresent(theme -> model.put("theme", theme));
        Notice.of(request).ifPresent(text -> model.put("notice", text));
        int status = 200;
        if (request.getAttribute(FormOutcome.ATTRIBUTE) instanceof FormOutcome outcome) {
            model.putAll(outcome.shown());
            status = outcome.status();
        }
        return new Page(templates, api, request, model, status);
    }
}
