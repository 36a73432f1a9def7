/** From Faraday to Jira: the border of the queue vuln-status and the detector of due links. */
@NullMarked
package io.faradaybridge.outgoing;

import org.jspecify.annotations.NullMarked;
