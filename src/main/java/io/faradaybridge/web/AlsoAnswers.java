package io.faradaybridge.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Statuses with which a call gives its answer beside 200, for the OpenAPI document: a method's type does not say them. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AlsoAnswers {

    /** Such as 201 for what was not there before, or 409 for what has to be confirmed first. */
    int[] value();
}
