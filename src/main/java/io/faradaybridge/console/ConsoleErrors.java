package io.faradaybridge.console;

import io.faradaybridge.web.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Failures of the console's own pages, as pages. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {

    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    private final ConsoleWeb web;

    ConsoleErrors(ConsoleWeb web) {
        this.web = web;
    }

    /** To the sign-in, and from there back to the page. */
    @ExceptionHandler(NotSignedIn.class)
    @Nullable
    Page signIn(NotSignedIn failure, HttpServletRequest request, HttpServletResponse response) {
        if (failure.unavailable()) {
            return web.page(request, true).problem(503, String.valueOf(failure.getMessage()));
        }
        FormController.redirect(
                request, response, ConsoleWeb.PATH + "/sign-in?next=" + Page.encoded(ConsoleWeb.here(request)));
        return null;
    }

    @ExceptionHandler(PageProblem.class)
    Page problem(PageProblem problem, HttpServletRequest request) {
        return web.page(request, true).problem(problem.status(), String.valueOf(problem.getMessage()));
    }

    /** A form that no page of the console has, such as one with a control of an unknown kind. */
    @ExceptionHandler(InvalidRequest.class)
    Page invalid(InvalidRequest invalid, HttpServletRequest request) {
        return web.page(request, true).problem(400, "This form cannot be used: " + invalid.text());
    }

    @ExceptionHandler(DataAccessException.class)
    Page away(DataAccessException away, HttpServletRequest request) {
        return web.page(request, true).problem(503, "The database does not answer; try again in a moment");
    }

    @ExceptionHandler(Exception.class)
    Page other(Exception failure, HttpServletRequest request) {
        log.error("A page could not be shown: {}", request.getRequestURI(), failure);
        return web.page(request, true).problem(500, "This page could not be shown. The log of the bridge says why");
    }
}
