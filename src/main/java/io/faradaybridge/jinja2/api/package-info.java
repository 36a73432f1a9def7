/**
 * What a program that embeds the interpreter and the interpreter agree on: limits, errors, escaping, functions. Beside\n * {@code io.faradaybridge.jinja2} the only package that such a program uses.
 */
@NullMarked
package io.faradaybridge.jinja2.api;

import org.jspecify.annotations.NullMarked;
