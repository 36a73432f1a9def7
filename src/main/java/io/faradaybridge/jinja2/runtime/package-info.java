/**
 * A template that has been read, as a tree of expressions and statements, and what they run on: the {@code Context} of one\n * rendering with its variables.
 */
@NullMarked
package io.faradaybridge.jinja2.runtime;

import org.jspecify.annotations.NullMarked;
