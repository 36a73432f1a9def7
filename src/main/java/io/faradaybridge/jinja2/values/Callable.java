package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;

/** What a template can call with brackets. */
public interface Callable extends JinjaObject {

    Object call(Arguments arguments, Budget budget);
}
