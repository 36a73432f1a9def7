/**
 * Jinja2 for texts that users write: renders as Python's Jinja2 3.1 with its default environment does (autoescape off),
 * and cannot harm the service that renders.
 *
 * <p>The way in is {@link io.faradaybridge.jinja2.JinjaTemplate}. A source becomes tokens ({@code Lexer}), the
 * tokens a tree of nodes ({@code StatementParser}, {@code ExpressionParser}; {@code ScopeBuilder} decides which variable
 * a name means), and the tree is walked over a {@code Context} which writes the text and keeps the {@code Budget}. What
 * Python's operators do is in {@code Operators}, {@code Comparison}, {@code Numbers}; what its values look like in
 * {@code Repr}, {@code FormatSpec}, {@code PercentFormat}; filters, tests and methods in classes named for them.
 *
 * <p>Safety: a template sees only copies of maps, lists, texts, numbers, booleans, dates and nulls, reaches no Java
 * object, no file and no other template, and whatever it does is counted and bounded ({@link
 * io.faradaybridge.jinja2.api.Limits}). The package depends on the JDK alone.
 */
@NullMarked
package io.faradaybridge.jinja2;

import org.jspecify.annotations.NullMarked;
