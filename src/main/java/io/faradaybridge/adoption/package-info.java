/** Living with a Faraday and a Jira that knew each other before: observing, taking over, adopting, links in people's hands. */
@NullMarked
package io.faradaybridge.adoption;

import org.jspecify.annotations.NullMarked;
