/**
 * Texts as Python has them, without its other values, and the {@code Budget} that all work is charged to. What goes wrong\n * is a {@code Failure} of a Python kind, or a limit that was reached.
 */
@NullMarked
package io.faradaybridge.jinja2.text;

import org.jspecify.annotations.NullMarked;
