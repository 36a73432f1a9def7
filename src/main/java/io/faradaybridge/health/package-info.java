/** What the bridge stands on, as it is at this moment: the database, the broker, the flows, the sweep of Jira. */
@NullMarked
package io.faradaybridge.health;

import org.jspecify.annotations.NullMarked;
