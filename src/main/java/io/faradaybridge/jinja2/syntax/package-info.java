/**
 * From a source to a tree: {@code Lexer} and {@code TokenStream} cut it into tokens, the parsers build on each other from\n * operands to tags, and {@code ScopeBuilder} decides which variable a name means.
 */
@NullMarked
package io.faradaybridge.jinja2.syntax;

import org.jspecify.annotations.NullMarked;
