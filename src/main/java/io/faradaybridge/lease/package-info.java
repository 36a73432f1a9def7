/** Work that only one replica may do at a time. Links and export items carry their leases in their own rows. */
@NullMarked
package io.faradaybridge.lease;

import org.jspecify.annotations.NullMarked;
