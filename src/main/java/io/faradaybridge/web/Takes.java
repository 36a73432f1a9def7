package io.faradaybridge.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the body of a call holds that reads it by hand: for the OpenAPI document, and no other key is taken. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

    /** A record; what may be left out is nullable. */
    Class<?> value();

    /** Keys that are read beside it, and have reasons of their own to be refused or a better name. */
    String[] also() default {};
}
