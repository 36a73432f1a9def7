/** Issues that were there before the bridge: keys in Faraday that no link of the bridge stands behind, and how they are taken up. */
@NullMarked
package io.faradaybridge.link.existing;

import org.jspecify.annotations.NullMarked;
