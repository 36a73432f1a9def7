package io.faradaybridge.jinja2;

/** What a template can call with brackets. */
interface Callable {

    Object call(Arguments arguments, Budget budget);
}
