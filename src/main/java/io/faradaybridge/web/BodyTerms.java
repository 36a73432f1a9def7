package io.faradaybridge.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * On which terms a request's body is waited for, where a filter in front of sign-in knows better than sign-in does: left on
 * the request before the body is read.
 *
 * @param mostBytes more is refused with 413
 * @param whenRefused hears of a body that did not come to its call
 */
public record BodyTerms(int mostBytes, WhenRefused whenRefused) {

    private static final String ATTRIBUTE = BodyTerms.class.getName();

    /** Why a body did not come to its call. */
    public enum Refused {
        TOO_LARGE,
        NOT_IN_TIME
    }

    @FunctionalInterface
    public interface WhenRefused {
        void refused(Refused why);
    }

    public void on(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public static BodyTerms of(HttpServletRequest request, BodyTerms otherwise) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyTerms terms ? terms : otherwise;
    }
}
