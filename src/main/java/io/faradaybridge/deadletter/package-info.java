/** Messages and exchanges that nobody could work with: kept, shown, replayed or discarded by a person. */
@NullMarked
package io.faradaybridge.deadletter;

import org.jspecify.annotations.NullMarked;
