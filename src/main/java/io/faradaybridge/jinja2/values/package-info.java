/**
 * Python's values and what can be asked of each of them: its type, truth, length, items, order, and how it is printed.\n * An int is a Long or a BigInteger, a float a Double, a str a String or a {@code Markup}, None is {@code None.NONE}.
 */
@NullMarked
package io.faradaybridge.jinja2.values;

import org.jspecify.annotations.NullMarked;
