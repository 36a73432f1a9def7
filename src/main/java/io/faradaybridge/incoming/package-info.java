/** From Jira to Faraday: the webhook's border and the sweep. */
@NullMarked
package io.faradaybridge.incoming;

import org.jspecify.annotations.NullMarked;
