/**
 * Work that needs a person, in lists of one form. Each list is an {@link InboxList} of the package that owns its rows; {@link
 * InboxRows} reads them all, and {@link Inbox} acts on one row, a group of equal causes or the whole list.
 */
@NullMarked
package io.faradaybridge.inbox;

import org.jspecify.annotations.NullMarked;
