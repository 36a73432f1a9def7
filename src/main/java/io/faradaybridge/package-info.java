/** The Faraday-Jira bridge. */
@NullMarked
package io.faradaybridge;

import org.jspecify.annotations.NullMarked;
