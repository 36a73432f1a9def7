package io.faradaybridge.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Further statuses of a call's answer besides 200, for the OpenAPI document, because the type of a method does not show
 * them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AlsoAnswers {

    /** Such as 201 for a new object, or 409 for a change that must be confirmed first. */
    int[] value();
}
