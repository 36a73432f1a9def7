package io.faradaybridge.template.jinja;

/** What a template can call with brackets. */
interface Callable {

    Object call(Context context, Arguments arguments);
}
