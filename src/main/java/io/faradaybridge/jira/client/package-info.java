/** The calls of Jira: one at a time by a route, or as questions of other packages. */
@NullMarked
package io.faradaybridge.jira.client;

import org.jspecify.annotations.NullMarked;
