/** Exports that need a person: unknown items and refused ones. */
@NullMarked
package io.faradaybridge.export.inbox;

import org.jspecify.annotations.NullMarked;
