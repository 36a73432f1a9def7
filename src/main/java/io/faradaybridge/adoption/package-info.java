/**
 * Adopts issues that were linked in Faraday before the bridge: finds them, links them and lets one side follow the
 * other.
 */
@NullMarked
package io.faradaybridge.adoption;

import org.jspecify.annotations.NullMarked;
