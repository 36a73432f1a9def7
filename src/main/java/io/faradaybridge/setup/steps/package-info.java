/** The way from nothing to the first exported issue, and what on it is not done or does not work. */
@NullMarked
package io.faradaybridge.setup.steps;

import org.jspecify.annotations.NullMarked;
