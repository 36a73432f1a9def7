package io.faradaybridge.jinja2.values;

import java.util.Iterator;

/** An object that has items: the variable {@code loop}. */
public interface Series extends JinjaObject {

    /** Those that are left. */
    Iterator<Object> rest();

    int length();
}
