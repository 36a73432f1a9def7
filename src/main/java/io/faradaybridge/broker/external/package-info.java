/** A broker of the operator's own: whether it is set up as the bridge needs it, and what to add. */
@NullMarked
package io.faradaybridge.broker.external;

import org.jspecify.annotations.NullMarked;
