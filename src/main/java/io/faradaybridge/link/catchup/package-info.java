/** Links after a pause: how many changes wait, which links were not looked at yet, and a look at all of them. */
@NullMarked
package io.faradaybridge.link.catchup;

import org.jspecify.annotations.NullMarked;
