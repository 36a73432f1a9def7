/** The bridge beside another integration: observing it, and taking over from it. */
@NullMarked
package io.faradaybridge.takeover;

import org.jspecify.annotations.NullMarked;
