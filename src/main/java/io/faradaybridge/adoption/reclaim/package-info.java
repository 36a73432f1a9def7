/** After a restore: finds the issues that the bridge created since the dump, and links them again. */
@NullMarked
package io.faradaybridge.adoption.reclaim;

import org.jspecify.annotations.NullMarked;
