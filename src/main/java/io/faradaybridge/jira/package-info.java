/**
 * The only code that talks to Jira. Knows nothing of Faraday, of links or of projects' settings. Here are the terms that all
 * of it shares: a site, an account, a request, a status, a failure. The sub-packages use them and, from the last to the first,
 * each other: {@code http}, {@code answers}, {@code failures}, {@code client}.
 */
@NullMarked
package io.faradaybridge.jira;

import org.jspecify.annotations.NullMarked;
