/** Issues that were linked in Faraday before the bridge came: they are found, linked, and made to follow one side. */
@NullMarked
package io.faradaybridge.adoption;

import org.jspecify.annotations.NullMarked;
