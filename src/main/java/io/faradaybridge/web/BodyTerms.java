package io.faradaybridge.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The limits for a request's body if a filter in front of sign-in sets them. The filter stores them on the request
 * before the body is read.
 *
 * @param mostBytes a larger body is refused with 413
 * @param whenRefused is called for a body that was refused
 */
public record BodyTerms(int mostBytes, WhenRefused whenRefused) {

    private static final String ATTRIBUTE = BodyTerms.class.getName();

    /** Why a body was refused. */
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
