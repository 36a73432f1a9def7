/**
 * What Python does with its values: operators, attributes, items and methods, the three notations of formats, dates, JSON.
 */
@NullMarked
package io.faradaybridge.jinja2.python;

import org.jspecify.annotations.NullMarked;
